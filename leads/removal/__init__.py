"""Deleted leads: taken away with all that hangs on them, and brought back within ten minutes."""
