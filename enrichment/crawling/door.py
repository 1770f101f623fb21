"""Asks for one address, and says in our words why nothing came of it."""

import re
import time
from collections.abc import Mapping
from datetime import datetime

from crm import http
from crm.outside import clock, waiting
from crm.outside.errors import Away, Forbidden, NotReadable, NotThere, Outside, TooBig
from enrichment.crawling import addresses, rules
from enrichment.crawling.budget import Budget
from enrichment.crawling.contract import Fetched, Kind, State

NEEDED = frozenset(
    {
        "content-type", "content-language", "last-modified", "date", "retry-after", "server",
        "via", "link", "location", "strict-transport-security",
    }
)  # fmt: skip
MOST_HEADERS, LONGEST_HEADER = 40, 300
COOKIE = re.compile(r"(?:^|,\s*)([\w.-]{1,60})=")
REDIRECTS = {301, 302, 303, 307, 308}
ACCEPTS = {Kind.PAGE: "text/html", Kind.MAP: "text/html", Kind.RULES: "text/plain, */*"}
MOST_BYTES = {Kind.RULES: rules.MOST_BYTES, Kind.MAP: 1_000_000}
# The small files that programs are to read are given less time than a page.
FEW_SECONDS = 8.0
SHUT = {401, 403, 405, 406, 407, 451}
GONE = {404, 410}
# Who guards a website says so.
GUARD = re.compile(
    rb"<title>\s*(?:just a moment|attention required|one moment, please|ddos-guard|"
    rb"checking your browser)",
    re.IGNORECASE,
)
GUARD_OF_ERRORS = re.compile(
    rb"enable javascript and cookies|cf[-_]challenge|captcha-delivery|<title>\s*access denied",
    re.IGNORECASE,
)


class Trouble(Exception):
    """No page; `reason` is for people.

    `is_nobody`: there is no such host. `was_heard`: somebody is there and has the request.
    `is_untrusted`: its certificate is none to trust. `until` is when it may be asked again.
    """

    def __init__(
        self,
        state: State,
        reason: str,
        *,
        is_nobody: bool = False,
        was_heard: bool = True,
        is_untrusted: bool = False,
        until: datetime | None = None,
    ) -> None:
        super().__init__(reason)
        self.state, self.reason, self.until = state, reason, until
        self.is_nobody, self.is_untrusted = is_nobody, is_untrusted
        # Nothing else would come of another form of the address.
        self.is_final = was_heard and not is_nobody and not is_untrusted


def ask(url: str, kind: Kind, budget: Budget) -> Fetched:
    """Fetch an address, whatever its status, and no other; raises Trouble."""
    budget.asks(kind)
    most = min(MOST_BYTES.get(kind, budget.limits.page_bytes), max(budget.bytes, 1))
    longest = budget.limits.page_seconds if kind is Kind.PAGE else FEW_SECONDS
    began = time.monotonic()
    try:
        page = http.fetch(
            url,
            deadline=max(0.0, min(longest, budget.seconds)),
            most_bytes=most,
            accept=ACCEPTS[kind],
            # Where it leads may be another's, or closed to programs: that is asked before.
            follows=False,
        )
    except TooBig as error:
        budget.bytes -= most
        raise Trouble(State.TOO_BIG, str(error)) from error
    except Outside as error:
        raise _trouble(error) from error
    seconds = time.monotonic() - began
    found = Fetched(url, url, page.status, _kept(page.headers), page.content, seconds, kind)
    budget.has(found)
    return found


def goal(found: Fetched) -> str:
    """Give where an answer leads on to, or ""."""
    location = found.headers.get("location", "")
    if found.status not in REDIRECTS or not location:
        return ""
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    return addresses.clean(written, found.url)


def check(page: Fetched) -> None:
    """Raise Trouble where what was answered is no page to read."""
    name = addresses.host(page.url)
    if page.status in GONE:
        raise Trouble(State.NOT_THERE, f"{name} has no such page ({page.status}).")
    if _is_guarded(page):
        raise Trouble(State.REFUSED, f"{name} lets in nobody who runs no scripts.")
    if page.status in SHUT:
        raise Trouble(State.REFUSED, f"{name} refuses to be read ({page.status}).")
    if page.status >= 500 or page.status == 429:
        until = _until(page.headers)
        raise Trouble(State.AWAY, f"{name} answers with an error ({page.status}).", until=until)
    if page.status in REDIRECTS and "location" in page.headers:
        raise Trouble(State.FORBIDDEN, f"{name} leads to what is no web address.")
    if not 200 <= page.status < 300:
        raise Trouble(State.NOT_A_PAGE, f"{name} sent no page ({page.status}).")
    if not page.content.strip():
        raise Trouble(State.NOT_A_PAGE, f"{name} sent an empty page.")
    if _is_binary(page):
        raise Trouble(State.NOT_A_PAGE, f"{name} sent something that is no page.")


def _is_guarded(page: Fetched) -> bool:
    start = page.content[:20_000]
    is_error = page.status >= 400
    return bool(GUARD.search(start) or (is_error and GUARD_OF_ERRORS.search(start)))


def _trouble(error: Outside) -> Trouble:
    said = str(error)
    if isinstance(error, NotThere):
        return Trouble(State.NOT_THERE, said, is_nobody=True)
    if isinstance(error, Away):
        is_untrusted = "certificate that is not trusted" in said
        was_heard = error.was_sent
        return Trouble(State.AWAY, said, was_heard=was_heard, is_untrusted=is_untrusted)
    if isinstance(error, Forbidden):
        return Trouble(State.FORBIDDEN, said)
    if isinstance(error, NotReadable):
        return Trouble(State.NOT_A_PAGE, said)
    return Trouble(State.AWAY, said)


def _until(headers: Mapping[str, str]) -> datetime | None:
    seconds = waiting.asked({"Retry-After": headers.get("retry-after", "")})
    return None if seconds is None else clock.from_now(seconds)


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    """Keep what says something of a page or its maker; of cookies, the names alone."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        name = name.lower()
        if name == "set-cookie":
            value = ", ".join(COOKIE.findall(value[:4_000]))
        elif name not in NEEDED and not name.startswith("x-"):
            continue
        # Where somebody leads to is kept whole, or it would be another place.
        longest = addresses.MOST_LONG if name == "location" else LONGEST_HEADER
        found[name[:60]] = value[:longest]
        if len(found) == MOST_HEADERS:
            break
    return found


def _is_binary(page: Fetched) -> bool:
    start = page.content[:1_024]
    is_wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    is_wide |= "utf-16" in page.headers.get("content-type", "").lower()
    return b"\0" in start and not is_wide
