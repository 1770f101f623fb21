"""Who stands in a seller's data, and how it is searched."""

import re
from collections.abc import Iterable, Iterator

from tests.simulators.truth.figures import figure
from tests.simulators.world import Organisation, Population, find, place

COUNTRIES = {
    "united kingdom", "uk", "gb", "great britain", "england", "scotland", "wales",
    "northern ireland", "europe",
}  # fmt: skip


def founded(one: Organisation) -> int | None:
    return int(one.incorporated[:4]) if one.incorporated else None


class Knowledge:
    """A seller's share of the world: those with a website that it happens to have come across."""

    def __init__(self, population: Population, seller: str, share: float) -> None:
        self.population, self.seller, self.share = population, seller, share

    def knows(self, one: Organisation) -> bool:
        if not one.domain or one.closed:
            return False
        return figure(f"{self.seller}{one.id}") % 1000 < self.share * 1000

    def of_domain(self, domain: str) -> Organisation | None:
        name = re.sub(r"^https?://|/.*$", "", domain.strip().lower()).removeprefix("www.")
        one = self.population.by_domain(name)
        return one if one and self.knows(one) else None

    def of_name(self, name: str) -> Organisation | None:
        """The first that bears exactly this name."""
        wanted = re.sub(r"\W+", " ", name.lower()).strip()
        for index, entry in enumerate(self.population.entries):
            if re.sub(r"\W+", " ", entry.name.lower()).strip() == wanted:
                one = self.population.at(index)
                if self.knows(one):
                    return one
        return None

    def search(
        self, where: Iterable[str], words: Iterable[str], everywhere: bool = False
    ) -> Iterator[Organisation]:
        """Those at one of the places, if any are given, and in one of the trades, if any."""
        trades = {key for word in words for key in find(word) or find(word.upper())}
        spots = list(where)
        if list(words) and not trades:
            return
        seen: set[int] = set()
        for index in self._indexes(spots, trades, everywhere):
            if index not in seen:
                seen.add(index)
                one = self.population.at(index)
                if self.knows(one):
                    yield one

    def _indexes(self, where: list[str], trades: set[str], everywhere: bool) -> Iterator[int]:
        if not where or any(spot.lower().strip() in COUNTRIES for spot in where):
            if trades or everywhere:
                for index, entry in enumerate(self.population.entries):
                    if not trades or entry.trade in trades:
                        yield index
            return
        for spot in where:
            found = place(spot.split(",")[0].strip().title()) or place(spot.upper())
            if found:
                yield from self.population.indexes_near(
                    found.latitude, found.longitude, found.miles, trades or None
                )
