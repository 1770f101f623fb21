"""Organisations found by a language model that searches the web."""
