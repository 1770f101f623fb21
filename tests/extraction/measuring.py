"""How well pages are read: precision and recall of each field on the labelled pages.

`labelled/README.md` says what a label means, and how it is compared.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from enrichment.crawling.contract import Fetched
from enrichment.reading import page
from enrichment.reading.page import Page

FOLDER = Path(__file__).parent / "labelled"
PAGES = "pages.zip"
# Written after the first version of the extractor by someone who has not read it.
FRESH = "fresh.zip"
# A label by the field that answers it, where they are compared letter by letter.
EXACT = {
    "phone": "phones",
    "email": "emails",
    "postcode": "postcodes",
    "company_number": "company_numbers",
    "vat_number": "vat_numbers",
}
NETWORKS = frozenset((
    "facebook", "instagram", "linkedin", "x", "youtube", "tiktok", "pinterest", "threads",
    "mastodon", "bluesky",
))  # fmt: skip
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
# So many words of an address in common, besides its postcode, make it the same.
COMMON_WORDS = 4

Values = frozenset[Any]


@dataclass(frozen=True)
class Labelled:
    """A page and what is true of it; `number` is its place in its archive, from 1."""

    archive: str
    number: int
    fetched: Fetched
    label: dict[str, Any]


@dataclass(frozen=True)
class Score:
    """What was told and is so, what was told and is not so, and what was not told."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


@dataclass(frozen=True)
class Read:
    """A labelled page, what was read in it, and the CPU seconds that took."""

    labelled: Labelled
    page: Page
    seconds: float

    @property
    def is_fresh(self) -> bool:
        return self.labelled.archive == FRESH

    @property
    def is_even(self) -> bool:
        return self.labelled.number % 2 == 0


def pages() -> list[Labelled]:
    """Give all labelled pages as a server would send them."""
    return [each for name in (PAGES, FRESH) for each in _within(name)]


def _within(name: str) -> Iterator[Labelled]:
    with ZipFile(FOLDER / name) as archive:
        for number, label in enumerate(json.loads(archive.read("labels.json")), 1):
            yield Labelled(name, number, _fetched(label, archive.read(label["file"])), label)


def _fetched(label: dict[str, Any], content: bytes) -> Fetched:
    url, kind = label["url"], label["content_type"]
    return Fetched(url, url, 200, {"content-type": kind}, content, 0.1)


def read(every: Iterable[Labelled]) -> list[Read]:
    """Read them, one after the other."""
    found = []
    for each in every:
        began = time.process_time()
        was_read = page.read(each.fetched)
        found.append(Read(each, was_read, time.process_time() - began))
    return found


def scores(every: Iterable[Read]) -> dict[str, Score]:
    """Give for each field what was right and wrong on these pages together."""
    total = dict.fromkeys(COMPARED, Score())
    for each in every:
        for field, compared in COMPARED.items():
            total[field] += _score(*compared(each.page, each.labelled.label))
    return total


def mistakes(every: Iterable[Read]) -> Iterator[str]:
    """Say what was wrong or missed, a line for each page and field."""
    for each in every:
        for field, compared in COMPARED.items():
            told, true = compared(each.page, each.labelled.label)
            if told != true:
                file = f"{each.labelled.archive}/{each.labelled.label['file']}"
                yield f"{file} {field}: wrong {set(told - true)}, missed {set(true - told)}"


def _score(told: Values, true: Values) -> Score:
    return Score(len(told & true), len(told - true), len(true - told))


Compared = Callable[[Page, dict[str, Any]], tuple[Values, Values]]


def _exact(field: str, name: str) -> Compared:
    return lambda page, label: (frozenset(_values(page, field)), frozenset(label[name]))


def _values(page: Page, field: str) -> Iterator[Any]:
    return (told.value for told in page.told if told.field == field and not told.about)


def _lists(page: Page, field: str) -> Iterator[str]:
    return (value for values in _values(page, field) for value in values)


def _social(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    told = ((name, _profile(url)) for name in NETWORKS for url in _values(page, name))
    true = ((name, _profile(url)) for name, urls in label["social"].items() for url in urls)
    return frozenset(told), frozenset(each for each in true if each[0] in NETWORKS)


def _profile(url: str) -> str:
    plain = re.sub(r"^https?://(?:(?:www|m|uk)\.)?", "", url.lower())
    ident = re.search(r"profile\.php\?id=\d+", plain)
    path = ident.group() if ident else plain.partition("?")[0].rstrip("/")
    return path.replace("twitter.com", "x.com")


def _hours(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    return _by_day(_lists(page, "opening_hours")), _by_day(label["opening_hours"])


def _by_day(hours: Iterable[str]) -> Values:
    found = set()
    for each in hours:
        days, _, times = each.partition(" ")
        first, _, last = days.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found |= {(DAYS[(start + past) % 7], times) for past in range((end - start) % 7 + 1)}
    return frozenset(found)


def _technologies(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    return frozenset(_lists(page, "technologies")), frozenset(label["technologies"])


def _name(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    """Either name is a right answer."""
    true = {_key(name) for name in (label["company"], label["legal_name"]) if name}
    told = {_key(name) for name in _values(page, "name")}
    if told & true:
        return frozenset(("it",)), frozenset(("it",))
    return frozenset(told), frozenset(("it",) if true else ())


def _key(name: str) -> str:
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", name.casefold()).replace("&", " and "))
    return " ".join(words).removesuffix(" ltd").removesuffix(" limited").removeprefix("the ")


def _address(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    """An address that is the same in other words counts under the label's."""
    true = list(label["addresses"])
    told = []
    for address in _values(page, "address"):
        told.append(next((each for each in true if _is_same(address, each)), address))
    return frozenset(told), frozenset(true)


def _is_same(told: str, true: str) -> bool:
    codes = POSTCODE.findall(true.upper())
    if codes and codes[-1].replace(" ", "") not in told.upper().replace(" ", ""):
        return False
    words = set(re.findall(r"\w+", true.lower()))
    return len(words & set(re.findall(r"\w+", told.lower()))) >= min(COMMON_WORDS, len(words))


def _state(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    return frozenset((page.kind,)), frozenset((label["state"],))


def _vacancies(page: Page, label: dict[str, Any]) -> tuple[Values, Values]:
    told = frozenset(("open",) if any(_values(page, "vacancies")) else ())
    return told, frozenset(("open",) if label["vacancies"] else ())


COMPARED: dict[str, Compared] = {
    **{field: _exact(field, name) for field, name in EXACT.items()},
    "social": _social,
    "address": _address,
    "opening_hours": _hours,
    "technologies": _technologies,
    "name": _name,
    "state": _state,
    "vacancies": _vacancies,
}
