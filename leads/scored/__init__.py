"""A lead's score, kept as it changes."""
