"""What Companies House says of a company whose number is known."""
