"""Explicit shares: this lead, this campaign, this view, with this person or team."""
