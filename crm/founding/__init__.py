"""The first owner of an empty installation."""
