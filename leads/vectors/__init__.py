"""Organisations as vectors: which leads are like which, and how close each is to those won."""
