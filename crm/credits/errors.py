"""Why credits are not given out, in sentences for people."""

from uuid import UUID

from crm.credits import words


class NotGiven(Exception):
    """The account has not been changed."""


class TooFew(NotGiven):
    """More is wanted than is available; what is held for runs is not."""

    def __init__(self, needed: int, available: int) -> None:
        self.needed, self.available = needed, available
        super().__init__(
            f"This takes {words.many(needed)}, and {available:,} of your company's are available. "
            "Lower what it may take, wait until other runs give back what they hold, or ask an "
            "owner or manager for more."
        )


class Exhausted(NotGiven):
    """What was confirmed is used up: the run stops here."""

    def __init__(self, needed: int, left: int) -> None:
        self.needed, self.left = needed, left
        super().__init__(
            f"The next step takes {words.many(needed)}, and {left:,} of those that were confirmed "
            "are left. What was found is kept; confirm more to go on."
        )


class NoReservation(NotGiven):
    """The company has none of this id."""

    def __init__(self, ident: UUID) -> None:
        super().__init__(f"There is no reservation {ident} of this company.")


class TooMuchAtOnce(NotGiven):
    """A company's own people give it no more than so much in a month."""

    def __init__(self, wanted: int, most: int, left: int) -> None:
        self.wanted, self.most, self.left = wanted, most, left
        super().__init__(_bound(most, left))


def _bound(most: int, left: int) -> str:
    if not most:
        return "On this installation only those who look after it give credits. Ask them."
    return (
        f"Owners and managers may give their company {most:,} credits in a month, and {left:,} of "
        "these are left. Give no more than that, or ask those who look after this installation."
    )
