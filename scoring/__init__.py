"""A score from evidence: pure functions that know neither leads nor the database."""
