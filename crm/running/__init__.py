"""The processes of an installation: `make run`'s parent of all, the worker's supervisor, checks."""
