"""A lead, from an organisation's birth in intake to the last column of the board."""
