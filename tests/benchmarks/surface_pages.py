"""The addresses that the surface is measured by, and what a page costs on its way."""

import itertools
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

from tests.benchmarks.searches import SEARCHES

SORTS = ("-score", "name", "-created", "-value", "owner", "-active", "due", "score", "-name")
NEXT = re.compile(r'href="(?:/leads/)?(\?[^"]*after=[^"]+)"')


class Nodes(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.many = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.many += 1


def lists(known: dict[str, list[str]]) -> Iterator[str]:
    """Give lists by every sort, with none to three filters, over and over."""
    filters = [
        {},
        {"tier": "hot"},
        {"stage": known["stages"][1]},
        {"owner": known["owners"][0]},
        {"tier": "warm", "stage": known["stages"][0]},
        {"tier": "cold", "owner": known["owners"][1]},
        {"tier": "hot", "stage": known["stages"][2], "owner": known["owners"][2]},
    ]
    for sort, chosen in itertools.cycle(itertools.product(SORTS, filters)):
        yield "/leads/?" + urlencode({"sort": sort} | chosen)


def searches() -> Iterator[str]:
    """Give the published searches, over and over."""
    for text in itertools.cycle(SEARCHES):
        yield "/leads/?" + urlencode({"q": text})


def boards(known: dict[str, list[str]]) -> Iterator[str]:
    """Give the board, plain mostly, and filtered."""
    filters = ["", "?tier=hot", f"?owner={known['owners'][0]}", ""]
    for chosen in itertools.cycle(filters):
        yield f"/board/{chosen}"


def leads(known: dict[str, list[str]]) -> Iterator[str]:
    """Give the pages of leads here and there."""
    chosen = list(known["leads"])
    random.Random(7).shuffle(chosen)
    for ident in itertools.cycle(chosen):
        yield f"/leads/{ident}/"


def following(page: str) -> str:
    """Read where “next” leads; "" on the last page."""
    found = NEXT.search(page)
    return found[1].replace("&amp;", "&") if found else ""
