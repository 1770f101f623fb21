"""What was done, by whom: entries that are only ever added."""
