"""Why a register's file is not loaded."""


class NotLoaded(Exception):
    """A file that cannot be loaded; the message says what is wrong, where, and the cure."""
