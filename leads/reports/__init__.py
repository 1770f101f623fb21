"""Figures about leads, for whoever sells and for whoever leads those who do."""
