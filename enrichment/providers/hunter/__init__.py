"""What the providers that ask Hunter have in common."""
