"""An answer of Companies House, whatever it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.discovery.companies_house import company
from campaigns.discovery.companies_house.company import Company
from campaigns.discovery.companies_house.wish import MOST, PATH, Wish
from campaigns.discovery.live import Unanswerable
from crm import http
from crm.outside.errors import NotReadable, NotThere, TooBig
from crm.outside.key import Key


class Unreadable(Unanswerable):
    """Not what Companies House answers; asked once more it may be."""


@dataclass(frozen=True)
class Answer:
    """`hits` is how many there are, `given` how many items came, of which `companies` were
    read."""

    hits: int
    given: int
    companies: Sequence[Company]


NOTHING = Answer(0, 0, ())


def fetch(key: Key, wish: Wish) -> Answer:
    """Ask; raises Unreadable besides what the door raises."""
    try:
        said = http.call(key, "GET", PATH, query=wish.query).json()
    except NotThere:
        # Its way of saying that no company fits.
        return NOTHING
    except (NotReadable, TooBig) as error:
        raise Unreadable(str(error)) from None
    return read(said)


def read(said: Any) -> Answer:
    """Read the JSON of an answer; each company counts once."""
    items = said.get("items") if isinstance(said, dict) else None
    if items is None and isinstance(said, dict) and _number(said.get("hits")) == 0:
        items = []
    if not isinstance(items, list):
        raise Unreadable("Companies House answered, but without a list of companies.")
    found: dict[str, Company] = {}
    for each in map(company.read, items):
        if each:
            found.setdefault(each.number, each)
    hits = _number(said.get("hits"))
    if hits is None:
        # A full answer may be part of a longer one.
        hits = len(items) + (len(items) >= MOST)
    return Answer(max(hits, len(items)), len(items), list(found.values()))


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value[:12])
    return value if isinstance(value, int) and value >= 0 else None
