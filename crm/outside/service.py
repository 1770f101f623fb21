"""What is known of a vendor's service, in one row: where it is, how fast, what its answers mean."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

# Answers arrive a little late and in heaps, so that nobody goes up to the very limit.
MARGIN = 1.01
MEGABYTE = 1_000_000


class Reaction(StrEnum):
    """What is done about an answer."""

    RETRY = "R"
    WAIT = "W"
    STOP = "S"
    GIVE_UP = "G"
    NOT_THERE = "N"


@dataclass(frozen=True)
class Rule:
    """One cell of the table of reactions.

    `kind` is what a stop is about (key, credit, model, plan), or what is special in giving up.
    `wait` are the seconds where the answer itself names none. `codes`: the rule holds only where
    the vendor's error has one of these codes, or a message that begins so.
    """

    reaction: Reaction
    kind: str = ""
    wait: float = 0.0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pace:
    """So many calls in so many seconds, of which `burst` may come at once.

    `paths` are what those begin with that it is for; the one without any is for all others.
    """

    calls: int
    seconds: float
    burst: int = 1
    lane: str = ""
    paths: tuple[str, ...] = ()

    @property
    def interval(self) -> float:
        """Seconds between two, so that no window of that length ever holds more than `calls`."""
        return self.seconds / (self.calls - self.burst + 1) * MARGIN


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic_user(secret: str) -> dict[str, str]:
    """The key is the user's name; there is no password."""
    return {"Authorization": f"Basic {b64encode(f'{secret}:'.encode()).decode()}"}


def basic_pair(secret: str) -> dict[str, str]:
    """The key is the user's name and the password, with a colon between."""
    return {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}


@dataclass(frozen=True)
class Service:
    """`header` is how a key is put on a request: the name of a header, "bearer", "basic" or "pair".

    `query` is the name under which it stands in the address instead, of those who want it there.
    `reactions` has the rules of a status, the first that holds being the one; those of a good
    status are for errors that come as if all were well.
    """

    slug: str
    label: str
    base_setting: str
    header: str
    paces: tuple[Pace, ...]
    reactions: Mapping[int, tuple[Rule, ...]]
    connect: float = 5.0
    read: float = 30.0
    deadline: float = 60.0
    tries: int = 3
    most_bytes: int = 10 * MEGABYTE
    query: str = ""

    @property
    def url(self) -> str:
        """What its addresses begin with."""
        return str(getattr(settings, self.base_setting)).rstrip("/")

    def key_header(self, secret: str) -> dict[str, str]:
        """Put the key on a request."""
        if self.query:
            return {}
        made = {"bearer": bearer, "basic": basic_user, "pair": basic_pair}.get(self.header)
        return made(secret) if made else {self.header: secret}

    def key_query(self, secret: str) -> dict[str, str]:
        """Put the key into the address, of those who want it there."""
        return {self.query: secret} if self.query else {}

    def pace(self, path: str) -> Pace:
        """Give the pace of calls to this path."""
        return next(pace for pace in self.paces if not pace.paths or path.startswith(pace.paths))
