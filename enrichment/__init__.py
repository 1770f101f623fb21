"""Facts about a subject, each with its source."""
