"""Finding real organisations: one contract, one file per source, one walk."""
