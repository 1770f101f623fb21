"""Which searches come next, by what those before have brought: each page is paid for.

Searches that were full are gone on with in the parts of their rectangle. The first phrase goes
everywhere; another is tried in one rectangle, and goes on only where it tells what others do not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from campaigns.discovery.contract import Target
from campaigns.discovery.google_places import cells, page
from campaigns.discovery.google_places.cells import Cell
from campaigns.discovery.google_places.page import PAGES, SIZE, Page
from campaigns.discovery.live import Brief, Earlier

MOST_IN_A_WAVE = 8
# How many leads one search is hoped to bring, before anything is known.
HOPED = 30
# Of so much that was told less than a tenth was new; or so many searches told nothing new at all.
TELLING, LEAST_FRESH, IN_VAIN = 40, 0.1, 4
# A page may name a place twice.
ALMOST = SIZE - 2


def wave(brief: Brief, phrases: Sequence[str]) -> list[Page]:
    """Give the next searches, the nearest first."""
    before = Before(brief)
    trying: set[str] = set()
    # No rectangle twice: what one phrase brings there says whether the next is needed.
    found: dict[Cell, Page] = {}
    for search in before.left(searches(brief.target, phrases)):
        is_other = search.phrase != phrases[0]
        if search.cell in found or search.phrase in trying:
            continue
        if is_other and before.is_useless(search.phrase):
            continue
        found[search.cell] = search
        if is_other and not before.searches[search.phrase]:
            trying.add(search.phrase)
    return list(found.values())[: min(before.many(brief.missing), brief.most)]


def searches(target: Target, phrases: Sequence[str]) -> list[Page]:
    """Give the first pages of all searches of the circle, in their order."""
    if not phrases:
        return []
    rings = cells.rings(target.place, target.miles)
    return [Page(phrase, cell) for ring in rings for phrase in phrases for cell in ring]


def parts(target: Target, asks: Page) -> list[Page]:
    """Give a search again for each part of its rectangle."""
    inside = cells.touching(asks.cell.parts(), target.place, target.miles)
    return [Page(asks.phrase, cell) for cell in inside]


class Before:
    """What was asked before, and what it brought."""

    def __init__(self, brief: Brief) -> None:
        self.target = brief.target
        self.keys = {each.key for each in brief.earlier}
        self.searches: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.fresh: Counter[str] = Counter()
        self.full: set[tuple[str, Cell]] = set()
        for each in brief.earlier:
            self._read(page.read(each.asked), each)

    def _read(self, asks: Page, earlier: Earlier) -> None:
        self.searches[asks.phrase] += asks.number == 1
        self.told[asks.phrase] += earlier.told
        self.fresh[asks.phrase] += earlier.fresh
        # At the edge of the circle nobody knows how many were left out of the last page.
        is_cut = asks.cell.farthest(self.target.place) > self.target.miles
        if asks.number == PAGES and earlier.told >= (1 if is_cut else ALMOST):
            self.full.add((asks.phrase, asks.cell))

    def left(self, wanted: Sequence[Page]) -> Iterator[Page]:
        """Give of these searches, or of their parts where they were cut, those not asked yet."""
        for search in wanted:
            if search.key not in self.keys:
                yield search
                continue
            cut = parts(self.target, search)
            is_full = (search.phrase, search.cell) in self.full
            if is_full or any(each.key in self.keys for each in cut):
                yield from self.left(cut)

    def is_useless(self, phrase: str) -> bool:
        """Whether it repeats what others tell, or tells nothing."""
        told, fresh = self.told[phrase], self.fresh[phrase]
        if told >= TELLING and fresh < told * LEAST_FRESH:
            return True
        return not fresh and self.searches[phrase] >= IN_VAIN

    def many(self, missing: int) -> int:
        """Say how many searches to begin; more and more where they bring little."""
        done, fresh = self.searches.total(), self.fresh.total()
        if not done:
            needed = ceil(missing / HOPED)
        else:
            needed = ceil(missing * done / fresh) if fresh else done * 2
        return min(max(needed, 1), MOST_IN_A_WAVE)
