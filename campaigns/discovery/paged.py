"""Searches of a database that knows companies by words and town: each page of it is paid for.

Towns are asked for some at a time, the nearest first. A search goes on to its next page at once
only as far as what is wanted could need, and later only while its pages are full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import ceil
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery import tags, towns
from campaigns.discovery.contract import Target
from campaigns.discovery.live import Brief, Question

SIZE = 100
# In one search.
TOWNS_AT_ONCE = 8
# Of so many that a page tells of one becomes a lead, at worst.
TOLD_A_LEAD = 3
MOST_IN_A_WAVE = 4
# A page names some companies twice, and some without a name.
ALMOST = SIZE * 8 // 10
# So many searches one after the other that told of nobody new: farther off there is nobody.
IN_VAIN = 4


@dataclass(frozen=True)
class Page:
    """One page of a search."""

    words: tuple[str, ...]
    towns: tuple[str, ...]
    number: int = 1

    @property
    def search(self) -> str:
        """What its pages have in common."""
        said = "|".join((*self.words, "", *self.towns)).casefold()
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def key(self) -> str:
        return f"{self.towns[0] if self.towns else ''}|{self.search}|{self.number}"[-200:]

    @property
    def question(self) -> Question:
        kept = asdict(self)
        return Question(self.key, kept | {"words": list(self.words), "towns": list(self.towns)})

    @property
    def next(self) -> "Page":
        return replace(self, number=self.number + 1)


def read(asked: Mapping[str, Any]) -> Page:
    """Give the page that was kept."""
    return Page(tuple(asked["words"]), tuple(asked["towns"]), asked["number"])


def searches(wanted: Criteria, target: Target) -> Sequence[Page]:
    """Give the first page of each search of the circle, the nearest first."""
    words, named = tuple(tags.of(wanted, target)), towns.of(target)
    starts = range(0, len(named), TOWNS_AT_ONCE)
    return [Page(words, tuple(named[at : at + TOWNS_AT_ONCE])) for at in starts]


def most(wanted: Criteria) -> int:
    """Say how many pages a run may need at the most."""
    return 2 + ceil(wanted.max_results * TOLD_A_LEAD / SIZE)


def plan(brief: Brief, *, last: int) -> Sequence[Question]:
    """Give the pages that come next; no search has one behind its `last`."""
    if brief.missing <= 0 or _is_in_vain(brief):
        return []
    many = min(ceil(brief.missing * TOLD_A_LEAD / SIZE), MOST_IN_A_WAVE, brief.most)
    left = (each.question for each in _left(brief, last))
    return [question for _, question in zip(range(many), left, strict=False)]


def follows(page: Page, wanted: Criteria, *, last: int) -> bool:
    """Say whether its next page is worth paying for before anybody has checked this one."""
    return page.number < last and page.number * SIZE < wanted.max_results * TOLD_A_LEAD / 2


def _left(brief: Brief, last: int) -> Iterator[Page]:
    """Give pages not asked for yet: of each search the one behind its last, while that was full."""
    told: dict[str, tuple[int, int]] = {}
    for each in brief.earlier:
        page = read(each.asked)
        told[page.search] = max(told.get(page.search, (0, 0)), (page.number, each.told))
    # Where people are wanted as well, a full page may tell of few.
    full = 1 if brief.wanted.job_titles else ALMOST
    for first in searches(brief.wanted, brief.target):
        number, many = told.get(first.search, (0, SIZE))
        if many >= full and number < last:
            yield replace(first, number=number + 1)


def _is_in_vain(brief: Brief) -> bool:
    ours = [each for each in brief.earlier if each.wave][-IN_VAIN:]
    return len(ours) == IN_VAIN and not any(each.fresh for each in ours)
