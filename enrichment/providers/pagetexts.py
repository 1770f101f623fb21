"""The texts of a website's pages, as they are kept: bounded, and with every quote in them."""

from collections.abc import Iterable
from typing import Any

from enrichment.crawling.contract import Crawl
from enrichment.quoting import occurs
from enrichment.reading.page import Page
from enrichment.told import Told

# Pages, letters of one, and bytes of all together.
MOST, LONGEST, MOST_BYTES = 10, 20_000, 60_000
# What the quotes of one page may take of it.
MOST_QUOTED = 6_000


def of(crawl: Crawl[Page], told: Iterable[Told]) -> list[dict[str, str]]:
    """Give each page's address and text, in the order of reading.

    Where there is too much, long pages are cut first, and short ones are whole. Quotes that stand
    behind the cut follow it, each in a line.
    """
    pages = [visit.read for visit in crawl.pages][:MOST]
    quotes: dict[str, list[str]] = {}
    for each in told:
        if each.quote:
            quotes.setdefault(each.url, []).append(each.quote)
    texts: dict[int, str] = {}
    left = MOST_BYTES
    # The shortest first: what it leaves is the others'.
    for count, at in enumerate(sorted(range(len(pages)), key=lambda at: len(pages[at].text))):
        share = left // (len(pages) - count)
        texts[at] = _text(pages[at].text, quotes.get(pages[at].url, []), share)
        left -= _size(texts[at])
    return [{"url": page.url, "text": texts[at]} for at, page in enumerate(pages)]


def read(values: Iterable[Any]) -> list[tuple[str, str]]:
    """Read what was kept: addresses and texts; what is of another form is left out."""
    found = []
    for value in values:
        url, text = (
            (value.get("url"), value.get("text")) if isinstance(value, dict) else (None, None)
        )
        if isinstance(url, str) and isinstance(text, str) and url and text.strip():
            found.append((url, text[: LONGEST + MOST_QUOTED]))
    return found[:MOST]


def _text(whole: str, quotes: Iterable[str], most: int) -> str:
    if len(whole) <= LONGEST and _size(whole) <= most:
        return whole
    behind: list[str] = []
    room = min(MOST_QUOTED, most // 3)
    head = _cut(whole[:LONGEST], most - room)
    for quote in dict.fromkeys(quotes):
        if _size(quote) < room and not occurs(quote, head):
            behind.append(quote)
            room -= _size(quote) + 1
    head = _cut(whole[:LONGEST], most - sum(_size(quote) + 1 for quote in behind))
    return "\n".join([head, *behind])


def _cut(text: str, most: int) -> str:
    """Give as much as fits into so many bytes."""
    return text.encode(errors="ignore")[: max(most, 0)].decode(errors="ignore")


def _size(text: str) -> int:
    return len(text.encode(errors="ignore"))
