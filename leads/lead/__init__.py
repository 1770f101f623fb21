"""Verbs on one lead: lock it, give it away, win it, take it away."""
