"""Reads a website: the home page, and at most two more where an address may stand."""

import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from django.core.cache import cache

from campaigns.verification import hosts, pages
from campaigns.verification.contract import Answer, Site
from campaigns.verification.pages import Leaf
from crm import http
from crm.outside.errors import Away, Forbidden, NotReadable, NotThere, Outside, TooBig
from crm.outside.exchange import AGENT

SECONDS, MOST_BYTES, MORE = 20.0, 1_000_000, 2
ROBOTS_SECONDS, ROBOTS_KEPT, ROBOTS_BYTES = 8.0, 3_600, 100_000
# The likeliest first.
WORTH_READING = (
    re.compile(r"contact|get.in.touch|kontakt", re.I),
    re.compile(r"find.?us|where.we.are|location|branch|visit|how.to.find", re.I),
    re.compile(r"about|who.we.are|imprint|legal|impressum", re.I),
    re.compile(r"terms|privacy|company.info", re.I),
)
SHUT = {401, 403, 405, 406, 429, 451}


class _Gone(Exception):
    """The home page could not be read; `answer` says in what way."""

    def __init__(self, answer: Answer, said: str) -> None:
        super().__init__(said)
        self.answer, self.said = answer, said


def read(url: str) -> Site:
    """Read what answers at an address. Never raises for what is wrong outside: the site says it."""
    address = url.strip()
    if "://" not in address:
        address = f"https://{address}"
    ends = time.monotonic() + SECONDS
    if not hosts.host(address) or "." not in hosts.host(address):
        return Site(url, "forbidden", said="it is no web address.")
    try:
        root = _home(address, ends)
    except _Gone as gone:
        return Site(url, gone.answer, said=gone.said)
    opened = _opened(address, root, ends)
    leaves = [root, *_more(root, opened, ends)]
    return Site(url, "read", root.url, leaves=tuple(leaves), opened=opened)


def _home(address: str, ends: float) -> Leaf:
    """Fetch the home page by https, else by http, else with or without “www.”."""
    gone: _Gone | None = None
    for start in _starts(address):
        try:
            if not _is_open_to_robots(start, ends):
                raise _Gone("refused", "it asks not to be read by programs.")
            return _page(start, ends)
        except _Gone as error:
            if error.answer not in ("no domain", "away"):
                raise
            # Some names are there with “www.” only; one that answers badly is there.
            if gone is None or gone.answer == "no domain":
                gone = error
    raise gone or _Gone("away", "it did not answer.")


def _starts(address: str) -> Iterator[str]:
    name = urlsplit(address).hostname or ""
    other = name.removeprefix("www.") if name.startswith("www.") else f"www.{name}"
    for host in (name, other):
        for scheme in ("https", "http"):
            yield urlunsplit((scheme, host, "/", "", ""))


def _page(url: str, ends: float) -> Leaf:
    left = ends - time.monotonic()
    if left <= 0:
        raise _Gone("away", "it took too long.")
    try:
        page = http.fetch(url, deadline=left, most_bytes=MOST_BYTES)
    except NotThere as error:
        raise _missing(url, error) from error
    except Away as error:
        raise _Gone("away", str(error)) from error
    except Forbidden as error:
        raise _Gone("forbidden", str(error)) from error
    except (NotReadable, TooBig, Outside) as error:
        raise _Gone("no page", str(error)) from error
    if page.status in SHUT:
        raise _Gone("refused", f"it refuses to be read ({page.status}).")
    if page.status >= 400:
        raise _Gone("error", f"it answers with an error ({page.status}).")
    return pages.read(page.url, page.text)


def _opened(address: str, root: Leaf, ends: float) -> Leaf | None:
    """Read the very page that was named, where that isn't the home page."""
    parts = urlsplit(address)
    if parts.path in ("", "/") and not parts.query:
        return None
    home = urlsplit(root.url)
    url = urlunsplit((home.scheme, parts.netloc, parts.path, parts.query, ""))
    if hosts.host(url) == hosts.host(root.url):
        url = urlunsplit((home.scheme, home.netloc, parts.path, parts.query, ""))
    try:
        return _page(url, ends)
    except _Gone:
        return None


def _more(root: Leaf, opened: Leaf | None, ends: float) -> Iterator[Leaf]:
    left = MORE if opened is None else MORE - 1
    met = {root.url, *([opened.url] if opened else [])}
    for url in _worth_reading(root):
        if left == 0:
            return
        if url in met:
            continue
        met.add(url)
        left -= 1
        try:
            leaf = _page(url, ends)
        except _Gone:
            continue
        if hosts.registrable(leaf.url) == hosts.registrable(root.url):
            yield leaf


def _worth_reading(root: Leaf) -> Iterator[str]:
    """Give pages of the same host that look like contact or about."""
    home = hosts.host(root.url)
    own = [(url, said) for url, said in root.links if hosts.host(url) == home]
    for pattern in WORTH_READING:
        for url, said in own:
            if pattern.search(urlsplit(url).path) or pattern.search(said):
                yield url
    if not own:
        # Menus that a script makes name no pages.
        parts = urlsplit(root.url)
        yield urlunsplit((parts.scheme, parts.netloc, "/contact", "", ""))


def _is_open_to_robots(url: str, ends: float) -> bool:
    """Whether a site lets programs read its home page; asked once an hour for each."""
    parts = urlsplit(url)
    key = f"robots:{parts.scheme}:{parts.hostname}"
    rules = cache.get(key)
    if rules is None:
        rules = _robots(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), ends)
        cache.set(key, rules, ROBOTS_KEPT)
    if not rules:
        return True
    parser = RobotFileParser()
    parser.parse(rules.splitlines())
    return parser.can_fetch(AGENT, url)


def _robots(url: str, ends: float) -> str:
    left = min(ROBOTS_SECONDS, ends - time.monotonic())
    if left <= 0:
        return ""
    try:
        page = http.fetch(url, deadline=left, most_bytes=ROBOTS_BYTES, accept="text/plain, */*")
    except NotThere as error:
        raise _missing(url, error) from error
    except Away as error:
        # Whoever doesn't answer here won't answer there.
        raise _Gone("away", str(error)) from error
    except Outside:
        return ""
    return page.text if page.status == 200 else ""


def _missing(url: str, error: NotThere) -> _Gone:
    """It may be the host that it leads to that doesn't exist."""
    is_itself = f" {urlsplit(url).hostname}." in str(error)
    return _Gone("no domain" if is_itself else "away", str(error))
