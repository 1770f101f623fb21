"""What an uploaded list is refused with."""


class Unreadable(ValueError):
    """The file can't be taken; the sentence says what is wrong with it and what to do."""
