"""Searches of a database that knows companies by words and town: each page of it is paid for.

Towns are asked for some at a time, the nearest first. A search goes on to its next page at once
only as far as what is wanted could need, and later only while its pages are full.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import count, islice
from math import ceil
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery import domains, tags, towns
from campaigns.discovery.contract import Target
from campaigns.discovery.live import Asking, Brief, Question, Quote, Reply, Seen, Unanswerable
from crm import http
from crm.outside.errors import NotReadable, TooBig

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
# Behind so many pages of a search that were lost, no more of it are asked for in the same run.
MOST_LOST = 2
# Usual seconds of a page, and of the checks that follow.
SECONDS = (2, 10)


@dataclass(frozen=True)
class Vendor:
    """What differs: where it is asked, by which name its answer lists companies, and how one is
    read. `is_more` says whether a page is behind this one; no search has one behind its `last`.
    """

    label: str
    path: str
    listed: str
    read: Callable[[Any], Seen | None]
    is_more: Callable[[Mapping[str, Any], int], bool]
    last: int


@dataclass(frozen=True)
class Page:
    """One page of a search; `is_gap` where those behind it were asked for before."""

    words: tuple[str, ...]
    towns: tuple[str, ...]
    number: int = 1
    is_gap: bool = False

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
    is_gap = asked.get("is_gap", False)
    return Page(tuple(asked["words"]), tuple(asked["towns"]), asked["number"], is_gap)


def searches(wanted: Criteria, target: Target) -> Sequence[Page]:
    """Give the first page of each search of the circle, the nearest first."""
    words, named = tuple(tags.of(wanted, target)), towns.of(target)
    starts = range(0, len(named), TOWNS_AT_ONCE)
    return [Page(words, tuple(named[at : at + TOWNS_AT_ONCE])) for at in starts]


def most(wanted: Criteria) -> int:
    """Say how many pages a run may need at the most."""
    return 2 + ceil(wanted.max_results * TOLD_A_LEAD / SIZE)


def quote(wanted: Criteria, note: str, *, charge: int = 0) -> Quote:
    """Say what all pages would be at the most; `note` may name them as {pages} of {size}."""
    if not searches(wanted, wanted.target()):
        return Quote(0, 0, (0, 0), (0, 0), "No town is known in this circle.")
    pages = most(wanted)
    note = note.format(pages=f"{pages:,}", size=SIZE)
    seconds = (SECONDS[0], SECONDS[1] * pages)
    return Quote(pages, pages * charge, seconds, (0, wanted.max_results), note)


def plan(brief: Brief, vendor: Vendor) -> Sequence[Question]:
    """Give the pages that come next."""
    if brief.missing <= 0 or _is_in_vain(brief):
        return []
    many = min(ceil(brief.missing * TOLD_A_LEAD / SIZE), MOST_IN_A_WAVE, brief.most)
    return [each.question for each in islice(_left(brief, vendor.last), many)]


@dataclass
class Told:
    """A page as it was answered; `why` counts what is left out, `said` is what is kept of it."""

    found: list[Seen]
    more: Sequence[Question]
    why: Counter[str]
    said: dict[str, object]
    charge: int

    @property
    def reply(self) -> Reply:
        left_out = {"left_out": dict(self.why)} if self.why else {}
        return Reply(self.found, self.more, cost_micros=self.charge, said=self.said | left_out)


def fetch(asking: Asking, vendor: Vendor, *, charge: int = 0, **sent: Any) -> Told:
    """Ask for a page with what is `sent`; raises what the door raises, and Unanswerable."""
    if asking.key is None:
        raise Unanswerable(f"{vendor.label} is asked with a key, and there is none.")
    page = read(asking.question.asked)
    try:
        said = http.call(asking.key, "POST", vendor.path, repeatable=False, **sent).json()
    except (NotReadable, TooBig) as error:
        raise Unanswerable(str(error), cost_micros=charge) from None
    items = said.get(vendor.listed) if isinstance(said, dict) else None
    if not isinstance(items, list):
        sentence = f"{vendor.label} answered, but without a list of companies."
        raise Unanswerable(sentence, cost_micros=charge)
    why: Counter[str] = Counter()
    found = _once(map(vendor.read, items), why)
    is_more = vendor.is_more(said, page.number) and _is_worth_more(page, asking.wanted, vendor)
    more = [page.next.question] if is_more else []
    return Told(found, more, why, {"page": page.number, "companies": len(items)}, charge)


def _once(companies: Iterable[Seen | None], why: Counter[str]) -> list[Seen]:
    """Take each company once, by its key at the vendor's and by its domain."""
    found, known = list[Seen](), set[str]()
    for seen in companies:
        if seen is None:
            why["unreadable"] += 1
            continue
        marks = {seen.key, domains.of(seen.candidate.website)} - {""}
        if marks & known:
            why["twice"] += 1
        else:
            found.append(seen)
        known |= marks
    return found


def _is_worth_more(page: Page, wanted: Criteria, vendor: Vendor) -> bool:
    """Whether its next page is worth paying for before anybody has checked this one."""
    is_needed = page.number * SIZE < wanted.max_results * TOLD_A_LEAD / 2
    return is_needed and page.number < vendor.last and not page.is_gap


def _left(brief: Brief, last: int) -> Iterator[Page]:
    """Give of each search the page that comes next, if there is one.

    A page without an answer says nothing of those behind it, and is paid for: it is asked for
    again in a later run, and not in the same one.
    """
    told: dict[str, dict[int, int]] = defaultdict(dict)
    lost: dict[str, set[int]] = defaultdict(set)
    for each in brief.earlier:
        page = read(each.asked)
        if each.is_answered:
            pages = told[page.search]
            pages[page.number] = max(each.told, pages.get(page.number, 0))
        elif each.wave:
            lost[page.search].add(page.number)
    # Where people are wanted as well, a full page may tell of few.
    full = 1 if brief.wanted.job_titles else ALMOST
    for first in searches(brief.wanted, brief.target):
        pages, gone = told[first.search], lost[first.search]
        number = next(each for each in count(1) if each not in pages and each not in gone)
        before = max((each for each in pages if each < number), default=0)
        if number <= last and pages.get(before, SIZE) >= full and len(gone) < MOST_LOST:
            yield replace(first, number=number, is_gap=number < max(pages, default=0))


def _is_in_vain(brief: Brief) -> bool:
    ours = [each for each in brief.earlier if each.wave][-IN_VAIN:]
    return len(ours) == IN_VAIN and not any(each.fresh for each in ours)
