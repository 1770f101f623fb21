"""What was done at once, kept so that it can be taken back."""
