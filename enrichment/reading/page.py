"""Reads one page of a website: what it says of whoever made it, and where it leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from enrichment.crawling.contract import Fetched, State
from enrichment.reading import (
    addresses,
    emails,
    hours,
    links,
    naming,
    news,
    numbers,
    people,
    phones,
    services,
    social,
    source,
    states,
    technologies,
    vacancies,
    years,
)
from enrichment.reading.reading import Reading
from enrichment.told import Told


@dataclass(frozen=True)
class Page:
    """`text` is the page as a visitor sees it, and behind that what it tells machines, in lines;
    every quote of `told` stands in it.

    `kind` is what has become of it, a slug of `states.KINDS`; `links` are addresses to read next,
    the most telling first. `rejected` are fields and values that stand there and are somebody
    else's; `adopted` are domains of mail that were taken for its own though they are called
    otherwise; `doubtful` are fields and values that are told as long as no other page knows better.
    """

    url: str
    text: str
    kind: str
    told: tuple[Told, ...] = ()
    links: tuple[str, ...] = ()
    rejected: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    adopted: frozenset[str] = field(default_factory=frozenset)
    doubtful: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    is_file: bool = False

    @property
    def state(self) -> str:
        """What a crawler has to know of it, a `State`; "" of an ordinary page."""
        if self.is_file:
            return State.NOT_A_PAGE
        # Round a wall that leads on, to what is asked about cookies, one can walk.
        if self.kind == states.WALL:
            return "" if self.links else State.REFUSED
        return SAID.get(self.kind, "")


SAID = {states.PARKED: State.PARKED, states.NOT_FOUND: State.NOT_THERE}
# What stands there is the maker's, as far as it goes.
OWN = frozenset((states.NORMAL, states.CONSTRUCTION, states.NOT_FOUND))
# Sent as something else than a page; what says so and begins like one is one all the same.
FILE_TYPE = re.compile(
    r"\s*(?:image|audio|video|font|model)/|\s*application/(?!xhtml|octet-stream|x-httpd)|"
    r"\s*text/(?:css|csv|calendar|x?-?vcard|javascript|xml)",
    re.IGNORECASE,
)
PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
FEED_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml[^>]{0,200}>\s*<)?(?:rss|feed|urlset|rdf)\b"
)
START = 2_000


def read(fetched: Fetched) -> Page:
    """Read a page as it was sent; whatever was sent, this does not raise."""
    if _is_file(fetched):
        return Page(fetched.url, "", states.EMPTY, is_file=True)
    reading, marks = source.open(fetched)
    kind = states.kind(reading)
    reading.owner.is_closed = kind == states.CLOSED
    told = list(_told(reading, kind))
    if marks:
        told += technologies.found(reading, marks)
    return Page(
        fetched.url,
        reading.text,
        kind,
        tuple(told),
        tuple(links.leads(reading.document)),
        frozenset(reading.rejected),
        reading.identity.domains,
        frozenset(reading.doubtful),
    )


def _is_file(fetched: Fetched) -> bool:
    start = fetched.content[:START]
    if FEED_START.match(start):
        return True
    is_called_so = FILE_TYPE.match(fetched.headers.get("content-type", "")) is not None
    return is_called_so and not PAGE_START.search(start)


def _told(reading: Reading, kind: str) -> Iterator[Told]:
    if kind in (states.PARKED, states.EMPTY):
        return
    yield from naming.names(reading)
    if kind == states.WALL:
        return
    yield from naming.about(reading)
    # Whose a phone is may be told by the place beside it.
    places = list(addresses.found(reading))
    contacts = [
        *phones.found(reading),
        *emails.found(reading),
        *places,
        *numbers.companies(reading),
        *numbers.vats(reading),
    ]
    yield from contacts
    yield from social.found(reading)
    yield from years.changed(reading)
    if kind in OWN:
        yield from hours.found(reading)
    if kind == states.NORMAL:
        yield from years.founded(reading)
        yield from services.found(reading)
        yield from vacancies.found(reading)
        yield from news.found(reading)
        yield from people.found(reading, contacts)
