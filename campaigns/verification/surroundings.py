"""Which names of towns are near a place, and which are another part of the country."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from campaigns.verification.likeness import Surroundings
from campaigns.verification.words import AMBIGUOUS
from crm.places.distance import box_around, miles_between
from crm.places.locate import Place
from crm.places.models import Outward
from crm.registers import names

NEAR_MILES = 12.0


def of(place: Place | None, town: str = "") -> Surroundings:
    """Name what lies around a place; `town` is near by, whatever lists say."""
    said = {names.name_key(town)} if town else set()
    if place is None:
        return Surroundings(frozenset(said), frozenset())
    return _around(round(place.latitude, 3), round(place.longitude, 3), frozenset(said))


@lru_cache(maxsize=2_000)
def _around(latitude: float, longitude: float, said: frozenset[str]) -> Surroundings:
    box = box_around(latitude, longitude, NEAR_MILES)
    there = Outward.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )
    near = set(said)
    for row in there:
        point = (row.latitude or 0.0, row.longitude or 0.0)
        if miles_between((latitude, longitude), point) <= NEAR_MILES:
            towns = set(_keys((row.town, row.region)))
            near |= towns | {town.removeprefix("greater ") for town in towns}
    every = _every(Outward.objects.count())
    return Surroundings(frozenset(near), every - near - AMBIGUOUS)


@lru_cache(maxsize=1)
def _every(count: int) -> frozenset[str]:
    """Give every town; another count says that the list is another."""
    mapped = Outward.objects.exclude(latitude=None).exclude(longitude=None)
    rows = mapped.values_list("town", "region")
    return frozenset(key for words in rows for key in _keys(words))


def _keys(towns: Iterable[str]) -> Iterator[str]:
    return (names.name_key(town) for town in towns if len(town) > 2)
