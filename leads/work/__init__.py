"""Tasks and calls."""
