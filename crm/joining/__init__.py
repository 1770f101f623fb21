"""Asking people to join a company, and their coming in."""
