"""Knowing an organisation again."""
