"""Leads as a file."""
