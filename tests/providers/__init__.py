"""Providers of facts, against their simulated vendors."""
