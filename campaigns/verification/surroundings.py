"""Which names of towns are near a place, and which are another part of the country."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from campaigns.verification.likeness import Surroundings
from campaigns.verification.words import AMBIGUOUS
from crm.places.distance import EARTH_RADIUS_MILES
from crm.places.locate import Place
from crm.places.models import Outward
from crm.registers import names

NEAR_MILES = 12.0
Points = tuple[tuple[str, float, float], ...]


def of(place: Place | None, town: str = "") -> Surroundings:
    """Name what lies around a place; `town` is near by, whatever lists say."""
    said = {names.name_key(town)} if town else set()
    if place is None:
        return Surroundings(frozenset(said), frozenset())
    return _around(round(place.latitude, 3), round(place.longitude, 3), frozenset(said))


@lru_cache(maxsize=2_000)
def _around(latitude: float, longitude: float, said: frozenset[str]) -> Surroundings:
    near: set[str] = set(said)
    every: set[str] = set()
    for town, north, east in _towns(Outward.objects.count()):
        every.add(town)
        if miles(latitude, longitude, north, east) <= NEAR_MILES:
            near |= {town, town.removeprefix("greater ")}
    return Surroundings(frozenset(near), frozenset(every - near - AMBIGUOUS))


@lru_cache(maxsize=1)
def _towns(count: int) -> Points:
    """Give every town with its points; another count says that the list is another."""
    rows = Outward.objects.values_list("town", "region", "latitude", "longitude")
    found = {
        (names.name_key(word), north, east)
        for town, region, north, east in rows
        for word in (town, region)
        if len(word) > 2 and north is not None and east is not None
    }
    return tuple(sorted(found))


def miles(latitude: float, longitude: float, north: float, east: float) -> float:
    """Measure a way over the earth's surface, as searches around a place do."""
    half = (
        sin(radians(north - latitude) / 2) ** 2
        + cos(radians(latitude)) * cos(radians(north)) * sin(radians(east - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(half)))
