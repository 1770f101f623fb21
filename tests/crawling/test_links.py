"""A page's links, and pages that are none."""

import time

import pytest

from enrichment.crawling import links
from enrichment.crawling.contract import Fetched, State


def fetched(html: str | bytes, kind: str = "text/html; charset=utf-8") -> Fetched:
    content = html if isinstance(html, bytes) else html.encode()
    url = "https://shop.example/"
    return Fetched(url, url, 200, {"content-type": kind}, content, 0.1)


def test_the_links_worth_most_come_first() -> None:
    html = (
        "<a href='/privacy'>Privacy</a><A class=x HREF=/shop>Shop</A>"
        '<a href="/p7"><span>Meet the team</span></a><a href="/about?a=1&amp;b=2">About</a>'
        '<a href="/who"><b>Contact</b></a><a href="#top">Top</a><a name="x">No link</a>'
    )
    assert links.read(fetched(html)).links == (
        "/who", "/p7", "/about?a=1&b=2", "/privacy", "/shop",
    )  # fmt: skip


def test_what_a_page_hides_or_does_not_vouch_for_is_not_followed() -> None:
    html = (
        '<!-- <a href="/old">Contact</a> --><a rel="nofollow" href="/bait">Team</a>'
        '<a data-href="/x">Staff</a><a href="/y">Us</a>'
    )
    assert links.read(fetched(html)).links == ("/y",)


@pytest.mark.parametrize(
    ("title", "text", "state"),
    [
        ("smith.example", "The domain smith.example is for sale.\nBuy this domain.", State.PARKED),
        ("Domain expired", "This domain has expired. Make an offer on this domain", State.PARKED),
        ("Just a moment...", "Checking your browser before you may go on.", State.REFUSED),
        ("Page not found", "Sorry.", State.NOT_THERE),
        ("Sorry", "We could not find that page.", State.NOT_THERE),
        ("404 | Smith Ltd", "Oops", State.NOT_THERE),
        ("Smith Ltd", "This page doesn’t exist.", State.NOT_THERE),
        ("Smith Ltd", "We are at 404 High Street, and look after domains and websites.", ""),
        ("Estate agents", "A house is for sale in Leeds. The house is in the domain of art.", ""),
        ("Smith Ltd", "Page after page we found what others had not.", ""),
    ],
)
def test_what_a_page_is(title: str, text: str, state: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body>"
    assert links.read(fetched(html)).state == state


def test_an_article_about_missing_pages_is_a_page() -> None:
    html = f"<title>Our blog</title><p>{'How to mend a page that was not found. ' * 200}</p>"
    assert links.read(fetched(html)).state == ""


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 400_000, "<a href=" * 150_000, '<a href="' * 120_000, "<!--" * 300_000,
        "<title>" * 200_000, "<a rel=" + "rel=" * 300_000 + ">", "<div>" * 250_000,
        "<a href='x'>" * 100_000, "domain " * 200_000, "page " * 4_000, "<" * 29_000,
        "<a href" + " " * 1_400 + "x>" * 700, bytes(range(256)) * 5_000,
    ],
)  # fmt: skip
def test_a_hostile_page_is_read_in_no_time(html: str | bytes) -> None:
    began = time.process_time()
    links.read(fetched(html))
    assert time.process_time() - began < 3
