"""The search of all records of a company for duplicates."""
