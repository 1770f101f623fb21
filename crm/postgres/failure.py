"""The one failure that the launcher shows to a person."""


class CannotStart(Exception):
    """PostgreSQL is not running and cannot be brought up; the sentence says why and what to do."""
