"""Everybody in the world, found by place, trade, number or domain."""

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from tests.simulators import fakes
from tests.simulators.world import codes, derived, geography, numbers, phones, trades
from tests.simulators.world.entries import Entry, entries
from tests.simulators.world.facts import Context, legal_name, make, office
from tests.simulators.world.names import is_chain_trade, plain
from tests.simulators.world.organisation import Organisation

CELLS = 10  # to a degree
LEAST_CHAIN = 20  # branches that make a name a chain


class Population:
    """The organisations of one seed. Their facts are made up when they are first asked for."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        registered = [entry for entry in entries() if geography.spot(entry.postcode)]
        self.entries: list[Entry] = [*registered, *derived.companies(registered, seed)]
        self._made: list[Organisation | None] = [None] * len(self.entries)
        self._by_sic: dict[str, list[int]] | None = None
        self._lock = threading.Lock()
        self._numbers = {entry.number: at for at, entry in enumerate(self.entries) if entry.number}
        self._plain = [plain(entry.name) for entry in self.entries]
        self._names = Counter(self._plain)
        self._heads = self._find_heads()
        self._lay_out()

    def _find_heads(self) -> dict[str, int]:
        """The first branch of each chain: where its company is registered."""
        heads: dict[str, int] = {}
        for at, entry in enumerate(self.entries):
            name = self._plain[at]
            if self._names[name] >= LEAST_CHAIN and is_chain_trade(entry.trade):
                heads.setdefault(name, at)
        return heads

    def _lay_out(self) -> None:
        """Give each entry a spot on the map and a rank among its trade around a city."""
        self.spots: list[tuple[float, float]] = []
        self._grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_trade: dict[str, list[int]] = defaultdict(list)
        self._lines: list[tuple[str, int]] = []
        ranks: Counter[tuple[str, str]] = Counter()
        for at, entry in enumerate(self.entries):
            spot = entry.point or geography.spot(entry.postcode) or (0.0, 0.0)
            self.spots.append(spot)
            self._grid[cell(*spot)].append(at)
            self._by_trade[entry.trade].append(at)
            city = city_of(entry.postcode.rsplit(" ", 1)[0])
            line = (city, trades.TRADES[entry.trade].family or entry.trade)
            self._lines.append((city, ranks[line]))
            ranks[line] += 1

    def __len__(self) -> int:
        return len(self.entries)

    def at(self, index: int) -> Organisation:
        """The organisation at a place in the world's list."""
        found = self._made[index]
        if found is None:
            entry = self.entries[index]
            name = self._plain[index]
            head = self._heads.get(name) if is_chain_trade(entry.trade) else None
            context = Context(
                seed=self.seed,
                index=index,
                spot=self.spots[index],
                line=self._lines[index],
                namesakes=self._names[name],
                head=self.at(head) if head not in (None, index) else None,  # type: ignore[arg-type]
                taken=self._taken,
            )
            found = self._made[index] = make(entry, context)
        return found

    def _taken(self, number: str) -> bool:
        """Whether a number belongs to a real entry or to a fake already."""
        return number in self._numbers or number in fakes.numbers()

    def all(self) -> list[Organisation]:
        with self._lock:
            return [self.at(index) for index in range(len(self))]

    def of_trade(self, trade: str | Iterable[str]) -> list[Organisation]:
        wanted = trades.keys(trade) or ()
        return [self.at(index) for key in sorted(wanted) for index in self._by_trade[key]]

    def indexes_near(
        self, lat: float, lon: float, miles: float, trade: str | Iterable[str] | None = None
    ) -> list[int]:
        """Places in the list, nearest first."""
        wanted = trades.keys(trade)
        north = miles / geography.MILES_PER_DEGREE
        east = north / max(0.2, math.cos(math.radians(lat)))
        (low, left), (high, right) = cell(lat - north, lon - east), cell(lat + north, lon + east)
        found = []
        for row in range(low, high + 1):
            for column in range(left, right + 1):
                for at in self._grid.get((row, column), ()):
                    if wanted is None or self.entries[at].trade in wanted:
                        distance = geography.miles(lat, lon, *self.spots[at])
                        if distance <= miles:
                            found.append((distance, at))
        return [at for _, at in sorted(found)]

    def legal_names(self) -> Iterator[tuple[int, str]]:
        """The companies' names, each with its place in the list; a chain's company once."""
        for index, entry in enumerate(self.entries):
            name = self._plain[index]
            if is_chain_trade(entry.trade) and self._heads.get(name, index) != index:
                continue
            if legal := legal_name(entry, self.seed, self._names[name]):
                yield index, legal

    def office_of(self, index: int) -> str:
        """Where a company is registered, in one line; it may have words too many."""
        entry = self.entries[index]
        if elsewhere := office(entry, self.seed):
            return " ".join(elsewhere)
        outward = geography.outward_codes()[entry.postcode.rsplit(" ", 1)[0]]
        return f"{entry.text} {outward.town} {entry.postcode}"

    def of_sic(self, code: str) -> list[int]:
        """Where those may stand who are filed under a SIC code."""
        if self._by_sic is None:
            self._by_sic = defaultdict(list)
            for index, entry in enumerate(self.entries):
                for each in entry.sic_codes or trades.TRADES[entry.trade].sic_codes:
                    self._by_sic[each].append(index)
        return self._by_sic.get(code, [])

    def by_number(self, number: str) -> Organisation | None:
        index = self._numbers.get(number)
        if index is None:
            index = numbers.index(number)
        return self._checked(index, "number", number)

    def by_domain(self, domain: str) -> Organisation | None:
        domain = domain.lower().removeprefix("www.")
        return self._checked(codes.index_of_domain(domain), "domain", domain)

    def by_place_id(self, place_id: str) -> Organisation | None:
        return self._checked(codes.index_of_place(place_id), "place_id", place_id)

    def _checked(self, index: int | None, name: str, value: str) -> Organisation | None:
        if index is None or index >= len(self):
            return None
        found = self.at(index)
        return found if getattr(found, name) == value else None


def cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat * CELLS), math.floor(lon * CELLS)


@cache
def city_of(outward: str) -> str:
    place = geography.outward_codes()[outward]
    return phones.city(place.latitude, place.longitude)
