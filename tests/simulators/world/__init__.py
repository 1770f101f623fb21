"""The world the simulated vendors know: organisations, and where they are.

It is built from the registers bundled with the project and from made-up companies
at their postcodes, always the same for a seed.
"""

import gc
from collections.abc import Iterable
from functools import cache
from threading import Lock

from tests.simulators.world.geography import Place, place, places_in
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.population import Population
from tests.simulators.world.trades import TRADES, Trade, find

__all__ = [
    "TRADES", "Organisation", "Place", "Population", "Trade", "by_domain", "by_number",
    "by_place_id", "find", "near", "of_trade", "organisations", "place", "places_in", "population",
]  # fmt: skip

_building = Lock()


@cache
def _build(seed: int) -> Population:
    """Without the collector of garbage, which would go through it all again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Population(seed)
    finally:
        # It stays, and so does what is there already.
        gc.freeze()
        if collecting:
            gc.enable()


def population(seed: int = 0) -> Population:
    """All of the world; the first call takes a few seconds."""
    with _building:
        return _build(seed)


def organisations(seed: int = 0) -> list[Organisation]:
    """Every organisation, with those that have closed."""
    return population(seed).all()


def near(
    lat: float,
    lon: float,
    miles: float,
    trade: str | Iterable[str] | None = None,
    closed: bool = False,
    seed: int = 0,
) -> list[Organisation]:
    """Those within so many miles, nearest first.

    `trade` is a key of TRADES, several of them, or words such as "IT companies";
    `closed` takes in those that have shut for good.
    """
    world = population(seed)
    found = (world.at(index) for index in world.indexes_near(lat, lon, miles, trade))
    return [one for one in found if closed or not one.closed]


def of_trade(trade: str | Iterable[str], seed: int = 0) -> list[Organisation]:
    """All of one trade, in the order of the world's list."""
    return population(seed).of_trade(trade)


def by_number(number: str, seed: int = 0) -> Organisation | None:
    """The organisation of a company number; of a chain the branch it is registered at."""
    return population(seed).by_number(number)


def by_domain(domain: str, seed: int = 0) -> Organisation | None:
    """The organisation of a domain, with or without "www."."""
    return population(seed).by_domain(domain)


def by_place_id(place_id: str, seed: int = 0) -> Organisation | None:
    return population(seed).by_place_id(place_id)
