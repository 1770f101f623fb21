"""Who sees what and why, in words, and what would change that."""
