"""Fields and tags of a company's own."""
