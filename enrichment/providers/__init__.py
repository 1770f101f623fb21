"""Who is asked for facts: one file each, and one line in the list."""
