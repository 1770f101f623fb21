"""Choices that come out the same every time: drawn from a key, never by chance."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Thing = TypeVar("Thing")
MASK = (1 << 64) - 1


class Draw:
    """A row of draws that begins at a key."""

    __slots__ = ("_state",)

    def __init__(self, *key: object) -> None:
        text = "\x1f".join(map(str, key))
        self._state = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")

    def number(self, below: int) -> int:
        """From 0 up to, but without, `below`."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self._state >> 32) * below >> 32

    def chance(self, share: float) -> bool:
        return self.number(1_000_000) < share * 1_000_000

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[self.number(len(things))]

    def weighted(self, things: Sequence[tuple[Thing, int]]) -> Thing:
        """One of (thing, weight) pairs."""
        left = self.number(sum(weight for _, weight in things))
        for thing, weight in things:
            if left < weight:
                return thing
            left -= weight
        raise AssertionError("The weights do not add up.")
