"""Pages that are nobody's, or nobody's any more: nothing is told as if it were somebody's."""

import pytest

from enrichment.crawling.contract import State
from tests.extraction.reading import bakery, read, values

LISTED = "".join(
    f"<li><h3>{name}</h3><p>{number} High Street, Leeds LS1 4A{letter}</p>"
    f"<p>0113 496 01{number}</p><p>info@{name.lower().replace(' ', '')}.example</p>"
    "<a href=/claim>Claim this business</a></li>"
    for name, number, letter in (
        ("Corner Bakery", 11, "B"), ("Mill Loaf", 22, "D"), ("Old Oven", 33, "E"),
        ("Crust House", 44, "F"), ("Bap Stop", 55, "G"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "state", "html"),
    [
        ("parked", State.PARKED,
         "<title>fernbakery.example is for sale</title><h1>Buy this domain</h1>"
         "<p>Call 0113 496 0123 or write to sales@domains.example</p>"),
        ("wall", State.REFUSED,
         "<title>Just a moment...</title><h1>Checking your browser</h1><p>Ray ID 1134960123</p>"),
        ("not_found", State.NOT_THERE,
         "<title>Page not found - Fern Bakery</title><h1>Page not found</h1><p>Sorry.</p>"),
        ("empty", "", "<html><body> </body></html>"),
        ("empty", "", "<title>Apache2 Ubuntu Default Page: It works</title><p>It works!</p>"),
        ("construction", "",
         "<title>Fern Bakery</title><h1>Coming soon</h1><p>Our new website is on its way.</p>"),
        ("closed", "",
         "<title>Fern Bakery</title><h1>Fern Bakery has closed</h1><p>After 30 happy years we have"
         " closed for good.</p>"),
        ("directory", "",
         "<title>Bakeries in Leeds - Find It</title><h1>Bakeries in Leeds</h1><p>5 businesses found"
         f"</p><ul>{LISTED}</ul><p>Add your business</p>"),
    ],
)  # fmt: skip
def test_what_has_become_of_a_page(kind: str, state: str, html: str) -> None:
    found = read(html)
    assert found.kind == kind
    assert found.state == state


@pytest.mark.parametrize("field", ["phone", "email", "postcode", "address"])
def test_a_directory_has_nothing_of_those_whom_it_lists(field: str) -> None:
    found = read(
        "<title>Bakeries in Leeds - Find It</title><h1>Bakeries in Leeds</h1>"
        f"<p>5 businesses found</p><ul>{LISTED}</ul><p>Add your business</p>",
        "https://www.findit.example/leeds/bakeries",
    )
    assert values(found, field) == []


def test_a_parked_page_tells_nothing() -> None:
    found = read("<title>This domain is for sale</title><p>Call 0113 496 0123, LS1 4AP</p>")
    assert found.told == ()


def test_who_sells_websites_is_no_parked_page() -> None:
    found = bakery("<p>Is your domain for sale? Domain name registered for you, too: write to"
                   " hello@fernbakery.example</p>")  # fmt: skip
    assert found.kind == "normal"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/pdf", b"%PDF-1.7 0113 496 0123"),
        ("image/png", b"\x89PNG 0113 496 0123"),
        ("application/json", b'{"phone": "0113 496 0123"}'),
        ("application/rss+xml", b'<?xml version="1.0"?><rss><title>0113 496 0123</title></rss>'),
        ("text/html", b'<?xml version="1.0"?>\n<rss version="2.0"><title>News</title></rss>'),
    ],
)
def test_a_file_is_no_page(kind: str, content: bytes) -> None:
    found = read(content, content_type=kind)
    assert found.state == State.NOT_A_PAGE
    assert found.told == ()


def test_a_page_that_is_sent_as_something_else_is_one() -> None:
    found = read(b"<!doctype html><title>Fern Bakery</title><p>Tel: 0113 496 0123, any day.</p>",
                 content_type="application/json")  # fmt: skip
    assert found.state == ""
    assert values(found, "phone") == ["+441134960123"]
