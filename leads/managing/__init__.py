"""Leads in the administration."""
