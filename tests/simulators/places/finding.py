"""Finding places by words, by type and by area."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tests.simulators.places.listing import Listing, ghosts, is_listed, of_organisation
from tests.simulators.world import Population, find, geography, places_in, population

MOST = 60
LITTLE_WORDS = (
    "a an and at best by companies company firm firms for from in limited ltd near nearby of on or "
    "plc services shop the to top uk united kingdom england with within around me"
)
LITTLE = frozenset(LITTLE_WORDS.split())
COMMON = 3_000  # names that share a word which then says little


@dataclass(frozen=True)
class Area:
    """A piece of the map: a circle, or a rectangle when its corners are given."""

    latitude: float
    longitude: float
    miles: float
    corners: tuple[float, float, float, float] | None = None
    strict: bool = True

    def holds(self, lat: float, lon: float) -> bool:
        if self.corners:
            south, west, north, east = self.corners
            return south <= lat <= north and west <= lon <= east
        return geography.miles(self.latitude, self.longitude, lat, lon) <= self.miles


def circle(given: dict[str, Any], strict: bool) -> Area:
    centre = given["center"]
    lat, lon = float(centre.get("latitude", 0)), float(centre.get("longitude", 0))
    return Area(lat, lon, float(given.get("radius", 0)) / 1609.344, None, strict)


def rectangle(given: dict[str, Any], strict: bool) -> Area:
    south, west = (float(given["low"].get(name, 0)) for name in ("latitude", "longitude"))
    north, east = (float(given["high"].get(name, 0)) for name in ("latitude", "longitude"))
    middle = ((south + north) / 2, (west + east) / 2)
    reach = geography.miles(*middle, north, east)
    return Area(*middle, reach, (south, west, north, east), strict)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))


class Finder:
    """The places of a world, as Google's search finds them."""

    def __init__(self, population: Population) -> None:
        self.population = population

    def by_id(self, place_id: str) -> Listing | None:
        one = self.population.by_place_id(place_id)
        if one is not None:
            return of_organisation(one) if is_listed(one) else None
        return next((ghost for ghost in ghosts() if ghost.id == place_id), None)

    def text(self, query: str, area: Area | None, kind: str, strict: bool) -> list[Listing]:
        """Places that fit a query, the best first; kind is a type, which binds when strict."""
        named = next(places_in(query), None)
        if area is None and named:
            area = Area(named.latitude, named.longitude, max(named.miles, 3.0))
        where = set(words(f"{named.name} {named.town}")) if named else set()
        trades = frozenset(find(query))
        told = set(words(query)) - LITTLE - where
        meant = told - trade_words(query)
        scored: dict[str, tuple[Any, ...]] = {}
        listings: dict[str, Listing] = {}
        for listing, trade in self._candidates(area, trades, meant):
            if kind and strict and kind not in listing.types:
                continue
            own = set(words(listing.name))
            score = 3 * len(own & meant) + len(own & told) + (3 if trade in trades else 0)
            score += 2 if kind and kind in listing.types else 0
            if score < 2 or (trades and trade not in trades and not own & meant):
                continue
            listings[listing.id] = listing
            scored[listing.id] = (-score, listing.closed, self._far(listing, area), listing.figure)
        return [listings[id_] for id_ in sorted(scored, key=lambda id_: scored[id_])][:MOST]

    def nearby(self, area: Area, kinds: set[str], most: int, by_distance: bool) -> list[Listing]:
        found = [
            listing
            for listing, _ in self._in_area(area, None)
            if not kinds or kinds & set(listing.types)
        ]
        if by_distance:
            found.sort(key=lambda one: self._far(one, area, exact=True))
        else:
            found.sort(key=lambda one: (one.closed, one.figure))
        return found[:most]

    def _far(self, listing: Listing, area: Area | None, exact: bool = False) -> float:
        """How far off, in rings of a fifth of the area: what Google ranks high is not nearest."""
        if area is None:
            return 0.0
        off = geography.miles(area.latitude, area.longitude, listing.latitude, listing.longitude)
        return off if exact else float(int(5 * off / max(area.miles, 0.1)))

    def _candidates(
        self, area: Area | None, trades: frozenset[str], meant: set[str]
    ) -> Iterator[tuple[Listing, str]]:
        if area is not None:
            wide = area if area.strict else Area(area.latitude, area.longitude, area.miles * 2)
            if trades:
                yield from self._in_area(wide, trades)
                yield from self._named(meant, wide)
            else:
                yield from self._in_area(wide, None)
        yield from self._named(meant, None if area is None or not area.strict else area)

    def _in_area(self, area: Area, trades: Iterable[str] | None) -> Iterator[tuple[Listing, str]]:
        near = self.population.indexes_near(area.latitude, area.longitude, area.miles, trades)
        for index in near:
            if area.holds(*self.population.spots[index]):
                yield from self._listing(index)
        for ghost in ghosts():
            if area.holds(ghost.latitude, ghost.longitude):
                yield ghost, "it-support"

    def _named(self, meant: set[str], area: Area | None) -> Iterator[tuple[Listing, str]]:
        """Places that bear the rarer words of the query in their names."""
        rare = [word for word in meant if 0 < len(self._names.get(word, ())) <= COMMON]
        counts = Counter(index for word in rare for index in self._names[word])
        for index, _ in counts.most_common(500):
            if area is None or area.holds(*self.population.spots[index]):
                yield from self._listing(index)

    def _listing(self, index: int) -> Iterator[tuple[Listing, str]]:
        one = self.population.at(index)
        if is_listed(one):
            yield of_organisation(one), one.trade

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(self.population.entries):
            for word in set(words(entry.name)):
                found[word].append(index)
        return found


@cache
def finder(seed: int) -> Finder:
    """The one of this world, whoever asks."""
    return Finder(population(seed))


def trade_words(query: str) -> set[str]:
    """Those words of a query that only say the trade."""
    return {word for word in words(query) if find(word) or find(word.upper())}
