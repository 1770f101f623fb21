"""Whoever looks after the installation enters a company only when its owner lets them."""
