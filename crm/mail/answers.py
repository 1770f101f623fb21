"""What can come back from a door, besides that it has the letter."""


class Deferred(Exception):
    """Not now: it is certain that nobody has the letter, and it may be taken later."""


class NotReached(Deferred):
    """Not now, and it is not this letter's fault: no other would fare better."""


class Refused(Exception):
    """Never: the server does not take this letter for this address."""


class Unanswered(Exception):
    """The server had all of it and did not say whether it takes it; nobody can know."""
