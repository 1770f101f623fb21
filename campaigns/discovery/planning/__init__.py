"""Councils' lists as a source: who stands behind the applications in the circle."""
