"""Pages of the open web: where they may be, and where not."""

import gzip
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from crm import http
from crm.outside import addresses
from crm.outside.errors import Away, Forbidden, NotReadable, NotThere, TooBig
from crm.outside.pace import InTransaction
from tests.outside import vendor as acts
from tests.outside.vendor import Vendor, answer

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"


@pytest.fixture
def names(vendor: Vendor, settings: Any, tmp_path: Path) -> Vendor:
    """The vendor answers for some names."""
    file = tmp_path / "names"
    file.write_text(
        f"gone.example -\nshop.example {vendor.place}\n*.shop.example {vendor.place}\n"
        f"other.example {vendor.place}\n"
    )
    settings.HTTP_NAMES = str(file)
    return vendor


def resolving(monkeypatch: Any, settings: Any, *found: str) -> list[str]:
    """DNS that gives one address after the other; tells what it was asked."""
    settings.HTTP_NAMES = ""
    asked: list[str] = []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        each = found[min(len(asked), len(found)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in each.split()]

    monkeypatch.setattr("crm.deadline.socket.getaddrinfo", look_up)
    return asked


def test_a_page_is_found_where_it_leads(names: Vendor) -> None:
    names.says(
        answer(301, kind=HTML, Location="http://www.shop.example/home#top"),
        answer(200, "<p>Café</p>".encode("cp1252"), "text/html"),
    )

    page = http.fetch("http://shop.example")

    assert page.url == "http://www.shop.example/home"
    assert page.text == "<p>Café</p>"
    asked = [(seen.headers["Host"], seen.path) for seen in names.seen]
    assert asked == [("shop.example", "/"), ("www.shop.example", "/home")]
    assert not any("Authorization" in seen.headers for seen in names.seen)


def test_who_asks_leave_before_each_hop_is_given_the_redirect(names: Vendor) -> None:
    names.says(answer(301, kind=HTML, Location="http://other.example/x"))

    page = http.fetch("http://shop.example/", follows=False)

    assert (page.status, page.headers["Location"]) == (301, "http://other.example/x")
    assert page.url == "http://shop.example/"
    assert len(names.seen) == 1


def test_a_page_that_is_missing_is_told_by_its_status(names: Vendor) -> None:
    names.says(answer(404, "<p>Nothing here</p>", HTML))

    assert http.fetch("http://shop.example/x").status == 404


@pytest.mark.parametrize("host", ["gone.example", "unheard-of.example"])
def test_a_host_that_does_not_exist_is_not_there(names: Vendor, host: str) -> None:
    with pytest.raises(NotThere, match=f"no host called {host}"):
        http.fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.31.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::1",
        "2001:db8::1", "::127.0.0.1", "64:ff9b:1::1", "fec0::1", "nonsense",
    ],
)  # fmt: skip
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    assert not addresses.is_open(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450::1", "64:ff9b::808:808"])
def test_addresses_that_are(address: str) -> None:
    assert addresses.is_open(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example/", "file:///etc/passwd", "gopher://shop.example/", "//shop.example/",
        "http://ada:word@shop.example/", "http://shop.example:8080/", "http://[::1]/",
        "http://127.0.0.1/", "http://169.254.169.254/latest/", "http://127.0.0.1\\@shop.example/",
        "http:///x", "http://shop.example:99999/", "http://[::ffff:127.0.0.1]/", "http://a b/",
    ],
)  # fmt: skip
def test_addresses_that_are_no_web_pages_are_refused(names: Vendor, url: str) -> None:
    with pytest.raises(Forbidden):
        http.fetch(url)

    assert names.seen == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_other_ways_to_write_this_machine_are_refused(settings: Any, host: str) -> None:
    settings.HTTP_NAMES = ""

    with pytest.raises(Forbidden, match="private address"):
        http.fetch(f"http://{host}/")


def test_a_name_that_leads_inside_is_refused(monkeypatch: Any, settings: Any) -> None:
    resolving(monkeypatch, settings, "8.8.8.8 10.0.0.1")

    with pytest.raises(Forbidden, match=r"sly\.example is a private address"):
        http.fetch("http://sly.example/")


def test_the_address_that_was_checked_is_the_one_connected_to(
    monkeypatch: Any, settings: Any
) -> None:
    """A name that answers with another address the second time gains nothing."""
    asked = resolving(monkeypatch, settings, "8.8.8.8", "127.0.0.1")
    reached: list[Any] = []

    def connect(place: Any, *_: Any) -> Any:
        reached.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr("crm.deadline.socket.create_connection", connect)
    with pytest.raises(Away, match=r"sly\.example could not be reached"):
        http.fetch("http://sly.example/")

    assert reached == [("8.8.8.8", 80)]
    assert asked == ["sly.example"]


@pytest.mark.parametrize(
    "goal", ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "ftp://x.example/",
             "http://ada@other.example/", "http://other.example:22/", "http://[/"],
)  # fmt: skip
def test_each_hop_is_checked_anew(names: Vendor, goal: str) -> None:
    names.says(answer(302, kind=HTML, Location=goal))

    with pytest.raises(Forbidden):
        http.fetch("http://shop.example/")

    assert len(names.seen) == 1


def test_whoever_leads_on_and_on_is_not_followed(names: Vendor) -> None:
    names.says(*(answer(302, kind=HTML, Location=f"/{n}") for n in range(20)))
    with pytest.raises(Forbidden, match="leads on and on"):
        http.fetch("http://shop.example/")
    assert len(names.seen) == 6


def test_neither_proxies_nor_netrc_nor_cookies_count(names: Vendor, monkeypatch: Any) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    names.says(answer(200, "", HTML, Set_Cookie="a=b"), answer(200, "", HTML))

    for _ in range(2):
        http.fetch("http://shop.example/")

    assert "Cookie" not in names.seen[1].headers


def test_what_is_no_page_or_too_long_is_not_read(names: Vendor) -> None:
    names.says(answer(200, "%PDF", "application/pdf"))
    with pytest.raises(NotReadable, match="sent application/pdf, not a page"):
        http.fetch("http://shop.example/")
    names.says(answer(200, gzip.compress(b"a" * 9_000_000), HTML, Content_Encoding="gzip"))
    with pytest.raises(TooBig):
        http.fetch("http://shop.example/")


def test_a_page_that_drips_ends_with_the_deadline(names: Vendor, settings: Any) -> None:
    settings.VENDOR_CLOCK = 1.0
    names.says(acts.drip)
    began = time.monotonic()

    with pytest.raises(Away, match=r"shop\.example did not answer in time"):
        http.fetch("http://shop.example/", deadline=0.3)

    assert time.monotonic() - began < 1


def connecting(monkeypatch: Any) -> list[Any]:
    """Count the connections that are opened."""
    opened: list[Any] = []
    usual = socket.create_connection

    def connect(place: Any, *more: Any) -> Any:
        opened.append(place)
        return usual(place, *more)

    monkeypatch.setattr("crm.deadline.socket.create_connection", connect)
    return opened


def test_whoever_stays_at_a_website_connects_once(names: Vendor, monkeypatch: Any) -> None:
    opened = connecting(monkeypatch)
    names.says(answer(200, "<p>Here</p>", HTML))

    with http.staying():
        for path in ("", "about", "team"):
            assert http.fetch(f"http://shop.example/{path}").status == 200
        assert len(opened) == 1
    for path in ("", "about"):
        http.fetch(f"http://shop.example/{path}")

    assert len(opened) == 3


def test_a_kept_connection_that_was_closed_meanwhile_is_opened_anew(
    names: Vendor, monkeypatch: Any
) -> None:
    opened = connecting(monkeypatch)
    names.says(answer(200, "<p>Here</p>", HTML), acts.hang_up, answer(200, "<p>There</p>", HTML))

    with http.staying():
        assert http.fetch("http://shop.example/").text == "<p>Here</p>"
        assert http.fetch("http://shop.example/").text == "<p>There</p>"

    assert len(opened) == 2


def test_a_fresh_connection_that_breaks_is_not_tried_again(names: Vendor) -> None:
    names.says(acts.hang_up, answer(200, "<p>Here</p>", HTML))

    with http.staying(), pytest.raises(Away):
        http.fetch("http://shop.example/")


def test_a_place_that_is_allowed_may_be_private(vendor: Vendor, settings: Any) -> None:
    vendor.says(answer(200, "<p>Here</p>", HTML))
    settings.HTTP_ALLOWED = [vendor.place]

    assert http.fetch(vendor.url + "/").status == 200


def test_no_page_is_fetched_while_a_transaction_is_open(names: Vendor) -> None:
    with transaction.atomic(), pytest.raises(InTransaction):
        http.fetch("http://shop.example/")
