"""Scorecards in versions: edited as drafts, looked at before, published, and gone back to."""
