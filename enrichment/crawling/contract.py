"""What a crawl is told, what it asks of whoever reads the pages, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from crm.http import Page


class State(StrEnum):
    """How a website, or one page of it, was found."""

    OK = "ok"
    ROBOTS = "robots"  # asks programs not to read it
    REFUSED = "refused"  # lets no programs in
    NOT_THERE = "not there"
    AWAY = "away"  # may be there later
    PARKED = "parked"
    MOVED = "moved"  # leads to somebody else's domain
    TOO_BIG = "too big"
    FORBIDDEN = "forbidden"  # leads to where nobody outside may go
    NOT_A_PAGE = "not a page"


class Kind(StrEnum):
    """Why something was fetched."""

    PAGE = "page"
    RULES = "robots.txt"
    MAP = "sitemap"


@dataclass(frozen=True)
class Fetched:
    """An answer that came.

    `asked` is the address it was asked for, `url` where it was found in the end; names of headers
    are in lower case, and only those are kept that say something of the page or what made it;
    `seconds` went by from the question to the whole answer.
    """

    asked: str
    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    seconds: float
    kind: Kind = Kind.PAGE

    @property
    def text(self) -> str:
        """The content, in the letters that it says or seems to use."""
        said = {"Content-Type": self.headers.get("content-type", "")}
        return Page(self.url, self.status, said, self.content).text


class Read(Protocol):
    """What the crawler has to know of a page that was read."""

    @property
    def links(self) -> Sequence[str]:
        """Where it leads, whole or relative to its address, worth most first."""

    @property
    def state(self) -> str:
        """A `State`: NOT_THERE of a page that says so itself, though it was answered with 200.

        Anything but PARKED, REFUSED, NOT_THERE and NOT_A_PAGE is an ordinary page.
        """


R = TypeVar("R", bound=Read)


@dataclass(frozen=True)
class Visit(Generic[R]):
    """A page that was found, and what was read in it."""

    page: Fetched
    read: R


@dataclass(frozen=True)
class Limits:
    """What one website may take of us at most, and we of it.

    `pages` are all requests but those for robots.txt: redirects, missing pages and maps count, too.
    Seconds are those of the whole and of one page; whoever asks for a longer `delay` than this has
    only the first page read.
    """

    pages: int = 10
    seconds: float = 60.0
    page_seconds: float = 15.0
    bytes: int = 6_000_000
    page_bytes: int = 1_500_000
    delay: float = 10.0


@dataclass(frozen=True)
class Security:
    """How the way to the website is guarded; None is what was not found out.

    `is_https`: its pages come by https, with a certificate that is trusted. `leads_on`: whoever
    asks by http is led to https. `is_trusted`: false where there is a certificate nobody trusts.
    """

    is_https: bool | None = None
    leads_on: bool | None = None
    is_trusted: bool | None = None


@dataclass(frozen=True)
class Crawl(Generic[R]):
    """What came of it.

    `reason` says why it is in that state, in a sentence for people; `url` is where the first page
    was found, `moved_to` where the website leads to instead. `until` is before when it asked not
    to be called again. `seconds` went by before the first page was there. `unread` counts the
    addresses that were known and worth a look, but more than the limits allow; 20 is 20 or more.
    """

    asked: str
    state: State
    reason: str
    url: str = ""
    moved_to: str = ""
    pages: tuple[Visit[R], ...] = ()
    seconds: float | None = None
    security: Security = Security()
    until: datetime | None = None
    unread: int = 0
