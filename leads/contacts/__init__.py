"""The people there."""
