"""What an address means by its filters, and how they are shown and edited."""
