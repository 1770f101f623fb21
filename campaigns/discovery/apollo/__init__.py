"""Apollo as a source: companies by word, town and size, and whether it knows people there."""
