"""Fetches pages of the open web: carefully, as anybody may have written their address."""

import codecs
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from requests import Request

from crm.outside import clock, pace, where
from crm.outside.errors import Away, Forbidden, NotReadable, Outside
from crm.outside.exchange import AGENT, Broken, Limits, Reply, exchange
from crm.work import tally

logger = logging.getLogger("crm.http")
MOST_HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
CONNECT, READ = 5.0, 15.0
LEAST = 2.0
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
# What Python takes for letters, too, and no browser: each can write what it does not look like.
NO_LETTERS = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"}
XML = {"application/xhtml+xml", "application/xml", "text/xml"}


@dataclass(frozen=True)
class Page:
    """A page as it was found, at the end of all that led there."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The content, in the letters that the page says or seems to use."""
        named = re.search(r"charset=[\"']?([\w-]{1,40})", self.headers.get("Content-Type", ""))
        in_page = CHARSET.search(self.content[:4096])
        for name in (named and named[1], in_page and in_page[1].decode(), "utf-8"):
            try:
                # Bytes themselves take no codec that packs or ciphers; `codecs.decode` takes any.
                if name and codecs.lookup(name).name not in NO_LETTERS:
                    return self.content.decode(name)
            except (LookupError, UnicodeError):
                continue
        return self.content.decode("cp1252", "replace")


def fetch(
    url: str,
    *,
    deadline: float = 20.0,
    most_bytes: int = 2_000_000,
    accept: str = "text/html",
    follows: bool = True,
) -> Page:
    """Fetch a page, whatever its status, and follow where it leads; every hop is checked anew.

    Whoever has to ask leave before each hop (`follows` is false) is given the redirect itself.
    Raises what `crm.outside.errors` holds: NotThere where the host does not exist, NotReadable
    where a good answer is of another kind than `accept`.
    """
    pace.outside_transactions()
    ends = time.monotonic() + clock.real(deadline, least=LEAST)
    hops: list[str] = []
    while True:
        reply = _get(url, ends - time.monotonic(), most_bytes, accept)
        goal = _goal(url, reply) if follows else None
        if goal is None:
            break
        hops.append(url)
        if len(hops) > MOST_HOPS or goal in hops:
            raise Forbidden(f"{_host(url)} leads on and on; that was not followed.")
        url = goal
    if 200 <= reply.status < 300 and reply.content and not _fits(reply.kind, accept):
        raise NotReadable(f"{_host(url)} sent {reply.kind or 'something'}, not a page.")
    return Page(url, reply.status, reply.headers, reply.content)


def _get(url: str, seconds: float, most_bytes: int, accept: str) -> Reply:
    allowed = where.page(url)
    limits = Limits(
        connect=clock.real(CONNECT, least=LEAST),
        read=clock.real(READ, least=LEAST),
        total=seconds,
        most_bytes=most_bytes,
    )
    headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
    began = time.monotonic()
    end: Reply | Broken | Outside
    try:
        request = Request("GET", url, headers=headers)
        # Nobody knows for long whether the name still leads where a kept connection goes.
        try:
            end = exchange(request, limits, allowed=allowed, is_fresh=True)
        except Broken as broken:
            if not broken.was_stale:
                raise
            end = exchange(request, limits, allowed=allowed, is_fresh=True)
    except (Broken, Outside) as error:
        end = error
    _write_down(url, end, time.monotonic() - began)
    if isinstance(end, Broken):
        raise Away(f"{_host(url)} {end.why}.", was_sent=end.was_sent)
    if isinstance(end, Outside):
        raise end
    return end


def _write_down(url: str, end: Reply | Broken | Outside, seconds: float) -> None:
    status = str(end.status) if isinstance(end, Reply) else str(end)
    parts = urlsplit(url)
    # What stands behind the question mark may be anybody's secret.
    shown = f"{parts.hostname}{parts.path[:100]}"
    logger.info("The web GET %s: %s in %.2f s", shown, status, seconds)
    failed = not isinstance(end, Reply) or end.status >= 500
    tally.call("web", seconds=seconds, failed=failed)


def _goal(url: str, reply: Reply) -> str | None:
    """Give where a redirect leads."""
    location = reply.headers.get("Location", "")
    if reply.status not in REDIRECTS or not location:
        return None
    written = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        return urljoin(url, written).partition("#")[0]
    except ValueError:
        raise Forbidden(f"{_host(url)} leads to what is no web address.") from None


def _fits(kind: str, accept: str) -> bool:
    wanted = {each.partition(";")[0].strip() for each in accept.split(",")}
    if "text/html" in wanted:
        # What says nothing of its kind is mostly a page.
        wanted |= XML | {""}
    return "*/*" in wanted or kind in wanted


def _host(url: str) -> str:
    return urlsplit(url).hostname or "The page"
