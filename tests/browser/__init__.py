"""Whole journeys in a real browser, against the product's real processes."""
