"""Where a website is, and in what state its first page is found."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from enrichment.crawling import quality
from enrichment.crawling.contract import Security, State
from tests.crawling.conftest import Crawling, urls
from tests.crawling.web import Web, page
from tests.outside.test_tls import certificate

pytestmark = pytest.mark.django_db
SECURE = Security(is_https=True, leads_on=True, is_trusted=True)


@pytest.fixture
def trusted(web: Web, tmp_path: Path, monkeypatch: Any) -> Web:
    """A web with a certificate for smith.example alone."""
    chain, private = certificate(tmp_path, "smith.example")
    web.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    web.context.load_cert_chain(chain, private)
    monkeypatch.setattr("certifi.where", lambda: str(chain))
    return web


def test_a_website_is_read_by_https_where_it_can_be(trusted: Web, read: Crawling) -> None:
    trusted.site("smith.example", "about")
    for path in ("", "about", "robots.txt"):
        trusted.lead(f"http://smith.example/{path}", f"https://smith.example/{path}")

    found = read("http://smith.example")

    assert urls(found) == ["https://smith.example/", "https://smith.example/about"]
    assert found.security == SECURE
    assert {each.value for each in quality.told(found) if each.field == "site_is_https"} == {True}
    assert [each.path for each in trusted.asked if each.scheme == "http"] == ["/robots.txt"]


def test_who_asks_by_http_may_not_be_led_to_https(trusted: Web, read: Crawling) -> None:
    trusted.site("smith.example", "about")

    found = read("smith.example")

    assert found.security == Security(is_https=True, leads_on=False, is_trusted=True)


def test_a_certificate_that_nobody_trusts_leaves_http(trusted: Web, read: Crawling) -> None:
    trusted.site("brown.example", "about")

    found = read("https://brown.example/")

    assert found.state is State.OK
    assert found.url == "http://brown.example/"
    assert found.security == Security(is_https=False, is_trusted=False)


def test_a_website_that_only_has_a_certificate_that_nobody_trusts(
    trusted: Web, read: Crawling
) -> None:
    for path in ("", "robots.txt"):
        trusted.lead(f"http://brown.example/{path}", f"https://brown.example/{path}")

    found = read("brown.example")

    assert found.state is State.AWAY
    assert found.reason == "brown.example has a certificate that is not trusted."
    assert {each.field: each.value for each in quality.told(found)} == {"site_is_https": False}


def test_a_website_without_https_is_read_by_http(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about")

    found = read("https://smith.example")

    assert urls(found) == ["http://smith.example/", "http://smith.example/about"]
    assert found.security.is_https is False
    assert found.seconds is not None
    assert 0 < found.seconds < 5


@pytest.mark.parametrize("asked", ["smith.example", "http://www.smith.example/"])
def test_www_and_bare_are_the_same_website(web: Web, read: Crawling, asked: str) -> None:
    web.site("www.smith.example", "about")
    links = '<a href="http://smith.example/about">About</a><a href="//www.smith.example/team">x</a>'
    web.put("www.smith.example/", page(links))
    web.put("www.smith.example/team", page("Team"))
    web.lead("smith.example/", "http://www.smith.example/")

    found = read(asked)

    home = "http://www.smith.example/"
    assert urls(found) == [home, f"{home}team", f"{home}about"]
    assert found.state is State.OK


def test_a_name_that_is_there_with_www_only(web: Web, read: Crawling) -> None:
    web.site("www.smith.example", "about")
    names = web.names.read_text()
    web.names.write_text(f"smith.example -\n{names}")

    assert read("smith.example").url == "http://www.smith.example/"


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        ("gone.example", "There is no host called gone.example."),
        ("nowhere.invalid", "There is no host called nowhere.invalid."),
        ("smith", "“smith” is no web address."),
        ("", "“” is no web address."),
        ("ftp://smith.example", "“ftp://smith.example” is no web address."),
    ],
)
def test_what_is_not_there(web: Web, read: Crawling, site: str, reason: str) -> None:
    found = read(site)

    assert (found.state, found.reason) == (State.NOT_THERE, reason)
    assert web.asked == []


def test_another_host_of_the_same_domain_is_still_the_website(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "http://leeds.smith.example/welcome")
    web.site("leeds.smith.example", "welcome", "about")

    found = read("smith.example")

    home = "http://leeds.smith.example/"
    assert urls(found) == [f"{home}welcome", f"{home}about"]


def test_another_domain_is_said_and_not_read(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "http://brown.example/welcome")
    web.site("brown.example", "welcome", "about")

    found = read("smith.example")

    assert found.state is State.MOVED
    assert found.moved_to == "http://brown.example/welcome"
    assert found.reason == "It leads to another website: http://brown.example/welcome"
    assert found.pages == ()
    assert "/about" not in web.paths("brown.example")


def test_another_domain_is_read_where_that_is_wanted_by_its_own_rules(
    web: Web, read: Crawling
) -> None:
    web.lead("smith.example/", "http://brown.example/")
    web.site("brown.example", "about", "team")
    web.put("brown.example/robots.txt", "User-agent: *\nDisallow: /team")

    found = read("smith.example", follows_moves=True)

    assert found.state is State.OK
    assert urls(found) == ["http://brown.example/", "http://brown.example/about"]
    assert found.moved_to == "http://brown.example/"


def test_the_page_that_was_named_comes_first(web: Web, read: Crawling) -> None:
    web.site("smith.example", "stores/leeds", "about")

    found = read("https://smith.example/stores/leeds?utm_source=maps")

    assert found.url == "http://smith.example/stores/leeds"
    assert len(found.pages) == 2


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (404, "Not found", State.NOT_THERE),
        (410, "Gone", State.NOT_THERE),
        (401, "Who are you?", State.REFUSED),
        (403, "Forbidden", State.REFUSED),
        (403, "<title>Attention Required! | Guard</title>", State.REFUSED),
        (503, "<title>Just a moment...</title>", State.REFUSED),
        (200, "<title>One moment, please...</title>", State.REFUSED),
        (500, "Oops", State.AWAY),
        (503, "Back soon", State.AWAY),
        (200, "", State.NOT_A_PAGE),
        (200, " \n ", State.NOT_A_PAGE),
        (200, b"\x89PNG\r\n\x1a\n\0\0\0", State.NOT_A_PAGE),
        (200, "<title>Page not found</title>", State.NOT_THERE),
        (200, "<title>smith.example</title>Buy this domain", State.PARKED),
        (204, "", State.NOT_A_PAGE),
        (304, "", State.NOT_A_PAGE),
    ],
)
def test_a_first_page_that_is_none(
    web: Web, read: Crawling, status: int, body: str, state: State
) -> None:
    web.put("smith.example/", body, status=status)

    found = read("smith.example")

    assert found.state is state
    assert found.pages == ()
    assert found.reason.startswith("smith.example ")
    assert found.reason.endswith(".")


def test_a_document_is_no_page(web: Web, read: Crawling) -> None:
    web.put("smith.example/", "%PDF", kind="application/pdf")

    assert read("smith.example").state is State.NOT_A_PAGE


@pytest.mark.parametrize(
    "goal",
    [
        "http://127.0.0.1/", "http://10.0.0.1/admin", "http://169.254.169.254/latest/",
        "http://[::1]/", "http://localhost:6379/", "http://0x7f000001/",
    ],
)  # fmt: skip
def test_who_leads_inside_is_not_followed(web: Web, read: Crawling, goal: str) -> None:
    web.lead("smith.example/", goal)

    assert read("smith.example").state is State.FORBIDDEN


def test_who_leads_round_in_circles_is_not_followed(web: Web, read: Crawling) -> None:
    web.lead("smith.example/", "/a")
    web.lead("smith.example/a", "/")

    found = read("smith.example")

    assert found.state is State.NOT_A_PAGE
    assert found.reason == "smith.example leads round in circles, to no page."
    assert len(web.paths()) <= 3


@pytest.mark.parametrize("state", [State.PARKED, State.REFUSED, State.NOT_THERE])
def test_whoever_reads_the_page_may_say_what_it_is(
    web: Web, read: Crawling, state: State
) -> None:
    class Said:
        links = ("/about",)

        def __init__(self, page: object) -> None:
            self.state = str(state)

    web.site("smith.example", "about")

    assert read("smith.example", read=Said).state is state
    assert web.paths() == ["/"]
