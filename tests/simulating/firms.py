"""Organisations of the simulated world that are like this or like that."""

from collections.abc import Callable
from functools import cache

from tests.simulators import truth, world
from tests.simulators.truth import Truth
from tests.simulators.world import Organisation

LEICESTER = (52.6345, -1.1294)


@cache
def near() -> list[Organisation]:
    """Those around Leicester that have a domain."""
    return [one for one in world.near(*LEICESTER, 12) if one.domain]


def like(fits: Callable[[Truth], bool]) -> Truth:
    """The first of whom something is true."""
    found = next((about for one in near() if fits(about := truth.of(one))), None)
    assert found is not None, "Nobody is like this."
    return found
