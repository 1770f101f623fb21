"""The tables of leads and what hangs on them, one idea each."""
