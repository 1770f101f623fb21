"""Numbers that belong to texts, and to organisations."""

from hashlib import blake2b

from tests.simulators.world.organisation import Organisation


def figure(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def headcount(one: Organisation) -> int | None:
    """One number within the band."""
    if one.employees is None:
        return None
    low, high = one.employees
    return low + figure(one.id) % (high - low + 1)
