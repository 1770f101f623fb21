"""Reads of a page only what a crawl needs: its links in order, and whether it is one at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from enrichment.crawling.contract import Fetched, State

MOST_ANCHORS, MOST_HTML = 1_500, 1_000_000
ANCHOR = re.compile(r"<a\s([^<>]{0,1500})>", re.IGNORECASE)
HREF = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
WORDS_BEHIND = 200
END = re.compile(r"</a", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
TITLE = re.compile(r"<title[^<>]{0,100}>([^<]{0,300})", re.IGNORECASE)
# Where an organisation says most of itself; the first that fits counts.
WORTH = tuple(
    (re.compile(words, re.IGNORECASE), worth)
    for words, worth in (
        (r"contact|get.?in.?touch|find.?us|enquir", 100),
        (r"\bteam\b|our.?people|meet.?(?:the|our|us)|\bstaff|who.?we.?are|director|partners", 90),
        (r"about|our.?story|company.?info|imprint|legal.?notice", 80),
        (r"service|what.?we.?(?:do|offer)|solution|product|treatment|practice|sector", 70),
        (r"location|branch|office|where.?we|opening|visit", 65),
        (r"career|job|vacanc|work.?(?:for|with).?us|join.?us|recruit", 60),
        (r"news|blog|press|latest|insight", 50),
        (r"privacy|terms|cookie|legal|complaint|policies", 30),
        (r"shop|gallery|portfolio|testimonial|review|faq", 15),
    )
)
UNKNOWN_WORTH = 20
# Nobody has as much to say in so few words; longer pages only speak of such things.
SHORT = 3_000
PARKED = re.compile(
    r"domain(?: name)? .{0,80}\b(?:for sale|parked|expired|available for purchase)\b|"
    r"buy this domain|make an offer on this domain|this domain (?:may be|is) for sale|"
    r"parked (?:free|by|at|domain)|related searches|sponsored listings",
    re.IGNORECASE,
)
GUARDED = re.compile(
    r"^just a moment|checking (?:if the site connection is secure|your browser)|"
    r"enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"ddos protection by",
    re.IGNORECASE,
)
MISSING = re.compile(
    r"404\s*(?:error|not found|page|[-–|:])|error\s*404|page .{0,12}\bnot (?:be )?found|"
    r"page not found|page .{0,8}(?:not|n['’]t|no longer) exists?|(?:could|can) ?(?:not|n?['’]t) "
    r"(?:be found|find (?:that|the|this) page)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """`links` are as they stand in the page."""

    links: tuple[str, ...] = ()
    state: str = ""


def read(page: Fetched) -> Seen:
    """Read a page; any bytes will do."""
    html = _without_comments(page.text[:MOST_HTML])
    ordered = sorted(_anchors(html), key=lambda each: -worth(*each))
    return Seen(tuple(dict.fromkeys(link for link, _ in ordered)), _state(html))


def worth(link: str, words: str = "") -> int:
    """Say how much a page may tell, by its address and the words of the link."""
    for pattern, found in WORTH:
        if pattern.search(link) or pattern.search(words):
            return found
    return UNKNOWN_WORTH


def _anchors(html: str) -> Iterator[tuple[str, str]]:
    count = 0
    for anchor in ANCHOR.finditer(html):
        count += 1
        if count > MOST_ANCHORS:
            return
        match = HREF.search(anchor[1])
        if match is None or "nofollow" in anchor[1].lower():
            continue
        behind = END.split(html[anchor.end() : anchor.end() + WORDS_BEHIND], maxsplit=1)[0]
        link = unescape(match[1] or match[2] or match[3] or "").strip()
        if link and not link.startswith("#"):
            yield link[:1_500], TAG.sub(" ", behind)


def _without_comments(html: str) -> str:
    first, *rest = html.split("<!--")
    return first + "".join(each.partition("-->")[2] for each in rest)


def _state(html: str) -> str:
    title = TITLE.search(html)
    said = unescape(title[1]).strip() if title else ""
    if len(html) <= 10 * SHORT:
        text = " ".join(unescape(TAG.sub(" ", html)).split())
        said += f"\n{text}" if len(text) <= SHORT else ""
    for pattern, state in ((GUARDED, State.REFUSED), (PARKED, State.PARKED)):
        if pattern.search(said):
            return state
    # Pages speak of what can't be found, too: only what is hardly more than that says it is it.
    is_missing = MISSING.search(said[:400]) and len(said) < 800
    return State.NOT_THERE if is_missing else ""
