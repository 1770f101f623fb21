"""Reads a page that a test wrote; whatever is told of it must be proved by its text."""

from typing import Any

from enrichment.crawling.contract import Fetched
from enrichment.reading import page
from enrichment.reading.page import Page

URL = "https://www.fernbakery.example/contact"
TITLE = "Fern Bakery"
BREAD = "<p>We bake bread by hand, as our family has done for long.</p>"


def fetched(content: str | bytes, url: str = URL, **headers: str) -> Fetched:
    sent = content if isinstance(content, bytes) else content.encode()
    named = {"content-type": "text/html; charset=utf-8"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(url, url, 200, named, sent, 0.1)


def read(content: str | bytes, url: str = URL, **headers: str) -> Page:
    found = page.read(fetched(content, url, **headers))
    for told in found.told:
        assert told.quote in found.text, told
        assert told.quote or told.field == "site_is_mobile", told
        assert told.url == url
    return found


def bakery(body: str, *, title: str = TITLE, head: str = "", url: str = URL) -> Page:
    """Read a page of Fern Bakery with these words in it."""
    return read(
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><header><h1>Fern Bakery</h1></header><main>{BREAD}{body}</main></body></html>",
        url,
    )


def values(found: Page, field: str, about: str = "") -> list[Any]:
    return [told.value for told in found.told if (told.field, told.about) == (field, about)]


def way(found: Page, field: str) -> str:
    return next(told.way for told in found.told if told.field == field)
