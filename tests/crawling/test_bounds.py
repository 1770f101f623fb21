"""Whatever a website does, it takes no more of us than the limits say."""

import gzip
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from enrichment.crawling.contract import Fetched, Limits, State
from tests.crawling.conftest import Crawling
from tests.crawling.web import Web, page

pytestmark = pytest.mark.django_db
Act = Callable[[BaseHTTPRequestHandler], None]
BOMB = gzip.compress(b" " * (1 << 24), 9) * 16
FEW = Limits(seconds=2, page_seconds=0.5, page_bytes=300_000, bytes=700_000)
PATIENT = replace(FEW, seconds=20, page_seconds=20)


@pytest.fixture(autouse=True)
def _as_it_is(web: Web, settings: Any) -> None:
    """Our own seconds."""
    settings.VENDOR_CLOCK = 1.0


def begin(handler: BaseHTTPRequestHandler, **headers: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.close_connection = True


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(4)
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    begin(handler)
    for _ in range(40):
        handler.wfile.write(b"<p>")
        time.sleep(0.1)


def never_end(handler: BaseHTTPRequestHandler) -> None:
    begin(handler)
    for _ in range(100_000):
        handler.wfile.write(b"<p>" * 10_000)


def burst(handler: BaseHTTPRequestHandler) -> None:
    begin(handler, Content_Encoding="gzip")
    handler.wfile.write(BOMB)


@pytest.mark.parametrize(
    ("act", "state"),
    [(hang, State.AWAY), (drip, State.AWAY), (never_end, State.TOO_BIG), (burst, State.TOO_BIG)],
)
def test_a_first_page_without_an_end(web: Web, read: Crawling, act: Act, state: State) -> None:
    web.put("smith.example/", act=act)
    began = time.monotonic()

    found = read("smith.example", limits=FEW if state is State.AWAY else PATIENT)

    assert found.state is state
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("act", [hang, drip])
def test_rules_without_an_end(web: Web, read: Crawling, act: Act) -> None:
    web.put("smith.example/robots.txt", act=act)
    web.put("smith.example/", page("Here"))
    began = time.monotonic()

    found = read("smith.example", limits=FEW)

    assert found.state is State.AWAY
    assert web.paths() == []
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("act", [hang, drip, never_end, burst])
def test_all_other_pages_without_an_end(web: Web, read: Crawling, act: Act) -> None:
    paths = [f"{letter}-page" for letter in "abcdefghijkl"]
    web.site("smith.example", *paths)
    for each in paths:
        web.put(f"smith.example/{each}", act=act)
    began = time.monotonic()

    found = read("smith.example", limits=FEW)

    assert found.state is State.OK
    assert len(found.pages) == 1
    assert len(web.paths()) <= 4
    assert time.monotonic() - began < 5


def test_slow_pages_end_with_the_time_of_the_whole(web: Web, read: Crawling) -> None:
    paths = [f"{letter}-page" for letter in "abcdefghijkl"]
    for each in ("", *paths):
        menu = "".join(f'<a href="/{path}">x</a>' for path in paths)
        web.put(f"smith.example/{each}", page(f"{menu}{each * 9}"), seconds=0.4)
    began = time.monotonic()

    found = read("smith.example", limits=Limits(seconds=2, page_seconds=1))

    assert time.monotonic() - began < 4
    assert found.state is State.OK
    assert 1 <= len(found.pages) <= 5
    assert found.unread > 0


def test_large_pages_end_with_the_bytes_of_the_whole(
    web: Web, read: Crawling, kept: list[Fetched]
) -> None:
    paths = [f"{letter}-page" for letter in "abcdefghijkl"]
    web.site("smith.example", *paths)
    for each in paths:
        web.put(f"smith.example/{each}", page(each * 30_000))

    read("smith.example", limits=PATIENT)

    assert sum(len(each.content) for each in kept) <= FEW.bytes
    assert len(web.paths()) == 5


def test_a_delay_that_leaves_no_time_is_not_waited_for(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team", "contact")
    web.put("smith.example/robots.txt", "User-agent: *\nCrawl-delay: 0.7", kind="text/plain")
    began = time.monotonic()

    found = read("smith.example", limits=FEW)

    assert len(found.pages) in (1, 2)
    assert time.monotonic() - began < 4
