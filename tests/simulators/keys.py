"""Which keys a vendor refuses."""

from collections.abc import Iterable

REVOKED = "sim-revoked"
EMPTY = "sim-empty"


class Keys:
    """Any key is good unless it was revoked or has no credit left."""

    def __init__(self) -> None:
        self.revoked = {REVOKED}
        self.exhausted = {EMPTY}

    def set(self, revoked: Iterable[str] = (), exhausted: Iterable[str] = ()) -> None:
        """Say which are refused from now on; the two constant ones always are."""
        self.revoked = {REVOKED, *revoked}
        self.exhausted = {EMPTY, *exhausted}
