"""What the providers that ask Apollo have in common."""
