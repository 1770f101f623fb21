"""Hunter as a source: companies by word, town and size, each known by its domain."""
