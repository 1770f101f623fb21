"""Websites that misbehave: what a reader of strange pages has to live through.

A test asks for one of them by a fault of its name for a host; a share of all sites has one of
them for good where the simulator is told to be `wild`.
"""

import gzip
from collections.abc import Callable
from functools import cache
from html import escape

from tests.simulators.core import Call, Reply, page
from tests.simulators.pages import own
from tests.simulators.pages.html import document, links, notice
from tests.simulators.pages.making import Making
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

GIGABYTE = 1 << 30
HOPS = 4  # of a chain of redirects that comes to an end
INSIDE = (
    "http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:22/", "http://10.0.0.1/admin",
    "http://[::1]:5432/", "http://localhost:6379/", "http://0x7f000001/", "file:///etc/passwd",
)  # fmt: skip
Quirk = Callable[[Organisation, Making, Call], Reply | None]


def moved(to: str, status: int = 302) -> Reply:
    return page(notice("Moved", "This page has moved."), status, Location=to)


def loop(one: Organisation, made: Making, call: Call) -> Reply:
    """Redirects that never end."""
    at = int(call.value("round", "0") or 0)
    return moved(f"http://{made.host}{call.path}?round={(at + 1) % HOPS}")


def chain(one: Organisation, made: Making, call: Call) -> Reply | None:
    """Some redirects, then the page."""
    at = call.value("hop", "0")
    hop = int(at) if at.isdigit() else 0
    return moved(f"http://{made.host}{call.path}?hop={hop + 1}", 301) if hop < HOPS else None


def inside(one: Organisation, made: Making, call: Call) -> Reply:
    """A redirect to an address inside the reader's own network."""
    return moved(Draw("inside", one.id, call.path).pick(INSIDE))


def offsite(one: Organisation, made: Making, call: Call) -> Reply:
    """A redirect to somebody else's site."""
    return moved("http://yellowlist.example/", 301)


def endless(one: Organisation, made: Making, call: Call) -> Reply:
    """A page of a gigabyte."""
    piece = f"<p>{escape(one.name)}</p>".encode() * 2_000
    kind = "text/html; charset=utf-8"
    return Reply(200, None, {}, piece, kind, manner="huge", length=GIGABYTE)


def bomb(one: Organisation, made: Making, call: Call) -> Reply:
    """A page that is small until it is unpacked."""
    headers = {"Content-Encoding": "gzip"}
    return Reply(200, None, headers, packed(), "text/html; charset=utf-8")


@cache
def packed() -> bytes:
    """A gigabyte of blanks in a megabyte: the same piece again and again."""
    return gzip.compress(b" " * (1 << 26), 9) * 16


def drip(one: Organisation, made: Making, call: Call) -> Reply:
    """A page that comes in drops, and never to its end."""
    text = own.home(one, made).encode()
    return Reply(200, None, {}, text * 50, "text/html; charset=utf-8", manner="drip")


def charset(one: Organisation, made: Making, call: Call) -> Reply | None:
    """The header says UTF-8, the page says Latin-1, and the bytes are Windows-1252."""
    text = own.page(one, made, call.path)
    if text is None:
        return None
    said = text.replace('charset="utf-8"', 'charset="iso-8859-1"')
    more = "<p>Caf\u00e9 prices from \u00a35 \u2013 \u201cfriendly\u201d service\u2026</p></main>"
    body = said.replace("</main>", more).encode("windows-1252", "replace")
    return Reply(200, None, {}, body, "text/html; charset=utf-8")


def parked(one: Organisation, made: Making, call: Call) -> Reply:
    text = (
        f"The domain {one.domain} is for sale.\nBuy this domain.\n"
        "Related searches: IT support, telephone systems, office cleaning."
    )
    return page(notice(one.domain, text))


def listing(one: Organisation, made: Making, call: Call) -> Reply:
    """A directory where the organisation's own site was: names and numbers of others."""
    cards = "".join(
        f"<article><h2>{name}</h2><p>{street}, {one.town}</p><p>{phone}</p></article>"
        for name, street, phone in (
            ("Fernbrook Traders", "2 Mill Lane", "01632 960101"),
            ("Kestrel & Daughters", "14 High Street", "01632 960102"),
            (escape(one.name), "1 Church Street", "01632 960103"),
        )
    )
    body = f"<h1>Businesses in {one.town}</h1>{cards}{links([('/page/2', 'Next page')])}"
    return page(document(f"Businesses in {one.town}", body))


def trap(one: Organisation, made: Making, call: Call) -> Reply:
    """A calendar without an end: each page leads to new ones."""
    at = len(call.path) + 1
    more = [(f"{call.path.rstrip('/')}/{at + each}", f"Day {at + each}") for each in range(12)]
    return page(document(f"{one.name} – calendar", f"<h1>Calendar</h1>{links(more)}"))


def soft(one: Organisation, made: Making, call: Call) -> Reply | None:
    """A 200 for pages that are not there."""
    if own.page(one, made, call.path) is not None:
        return None
    return page(notice("Sorry", "We could not find that page."))


def blank(one: Organisation, made: Making, call: Call) -> Reply:
    return page("")


def picture(one: Organisation, made: Making, call: Call) -> Reply:
    """Bytes that are no page, called one."""
    body = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    return Reply(200, None, {}, body, "text/html; charset=utf-8")


def cookies(one: Organisation, made: Making, call: Call) -> Reply | None:
    """Whoever brings no cookie is sent round in circles."""
    if "seen=1" in call.headers.get("cookie", ""):
        return None
    reply = moved(f"http://{made.host}{call.path}")
    reply.headers["Set-Cookie"] = "seen=1; Path=/"
    return reply


def challenge(one: Organisation, made: Making, call: Call) -> Reply:
    """A guard that lets nobody in who runs no scripts."""
    text = "Checking your browser before you may go on. Please enable JavaScript and cookies."
    return page(notice("Just a moment...", text), 503, Server="cloudflare", CF_RAY="8f00-LHR")


QUIRKS: dict[str, Quirk] = {
    "loop": loop,
    "chain": chain,
    "inside": inside,
    "offsite": offsite,
    "endless": endless,
    "bomb": bomb,
    "drip": drip,
    "charset": charset,
    "parked": parked,
    "listing": listing,
    "trap": trap,
    "soft-404": soft,
    "blank": blank,
    "picture": picture,
    "cookies": cookies,
    "challenge": challenge,
}
# Those that the simulator itself acts out.
HANGS, OTHER_NUMBER, CLOSED = "hangs", "other-number", "robots-closed"
KINDS = (*QUIRKS, HANGS, OTHER_NUMBER, CLOSED)


def of(one: Organisation, wild: float) -> str:
    """The quirk that a site has for good; "" for the others. `wild` is the share that has one."""
    draw = Draw("quirk", one.id)
    return draw.pick(KINDS) if draw.chance(wild) else ""
