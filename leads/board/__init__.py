"""The board: its columns, cards and what colleagues changed meanwhile."""
