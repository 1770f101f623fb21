"""What a website asks of programs: in robots.txt, and in the pages themselves."""

import re
from collections.abc import Iterator

from protego import Protego

from crm.outside.exchange import AGENT
from enrichment.crawling.contract import Fetched

MOST_BYTES = 500_000
# What Protego does with a file grows with its lines times its agents.
LONGEST_LINE, MOST_LINES = 2_000, 20_000
US = AGENT.partition("/")[0].lower()
SPEAKS_TO = re.compile(r"user[- ]?agent\s*(?::|\s)\s*(.*)", re.IGNORECASE)
NOBODY = "nobody-else"
MOST_MAPS = 3

HEAD = 100_000
META = re.compile(rb"<meta\b([^<>]{0,500})", re.IGNORECASE)
NAMED = re.compile(rb"""name\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
WISHES = re.compile(rb"""content\s*=\s*["']?([\w\s,:-]{1,200})""", re.IGNORECASE)
STOPS = {"nofollow", "none"}
# Wishes that have a colon of their own.
VALUED = ("unavailable_after", "max-")


class Rules:
    """What robots.txt allows; an empty one allows all."""

    def __init__(self, text: str = "") -> None:
        self._parsed = Protego.parse("\n".join(_told_us(text)))
        rate = self._parsed.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate else 0.0
        self.delay = max(self._parsed.crawl_delay(AGENT) or 0.0, by_rate)
        self.maps = tuple(self._parsed.sitemaps)[:MOST_MAPS]

    def allow(self, url: str) -> bool:
        """Say whether a program of our name may read it."""
        return self._parsed.can_fetch(url, AGENT)


def is_to_be_left_alone(status: int) -> bool:
    """Say whether nobody can know just now what robots.txt allows.

    RFC 9309, 2.3.1: who can't say (5xx) is left alone, who has none (4xx) allows all. That we ask
    too often (429) is no word on what is allowed either.
    """
    return status >= 500 or status == 429


def read(found: Fetched) -> Rules:
    """Read what was answered for robots.txt; whatever is no good answer forbids nothing."""
    return Rules(found.text) if 200 <= found.status < 300 else Rules()


def forbids_following(page: Fetched) -> bool:
    """Say whether a page asks programs not to follow its links, in its headers or its head."""
    return _header_forbids(page.headers.get("x-robots-tag", "")) or _head_forbids(page.content)


def _told_us(text: str) -> Iterator[str]:
    """Give the lines, with all agents that are not ours under one name."""
    for line in text.lstrip("\ufeff").splitlines()[:MOST_LINES]:
        line = line[:LONGEST_LINE].partition("#")[0].strip()
        match = SPEAKS_TO.match(line)
        name = match[1].strip().lower().replace("*", "") if match else ""
        yield f"User-agent: {NOBODY}" if name and name not in AGENT.lower() else line


def _header_forbids(text: str) -> bool:
    """Several wishes, each behind the name of whom it is for, or of nobody."""
    agent = ""
    for part in text.lower()[:1_000].split(","):
        before, colon, after = part.rpartition(":")
        if colon and not part.strip().startswith(VALUED):
            agent = before.strip()
        if after.strip() in STOPS and agent in ("", US):
            return True
    return False


def _head_forbids(content: bytes) -> bool:
    for meta in META.finditer(content[:HEAD]):
        named, wishes = NAMED.search(meta[1]), WISHES.search(meta[1])
        if not (named and wishes) or named[1].decode().lower() not in ("robots", US):
            continue
        if STOPS & {each.strip() for each in wishes[1].decode().lower().split(",")}:
            return True
    return False
