"""Knowing that two records are one: what is compared, how, and which pairs are worth it."""
