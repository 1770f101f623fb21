"""What a website notices of us: few requests, one at a time, and none that it forbids."""

from itertools import pairwise

import pytest

from enrichment.crawling.contract import Fetched, Kind, Limits, State
from tests.crawling.conftest import SPEED, Crawling, pages, urls
from tests.crawling.web import Web, page

pytestmark = pytest.mark.django_db
PATHS = (
    "about", "team", "contact", "services", "news", "careers", "shop", "faq", "terms", "x", "y",
)  # fmt: skip


def test_the_first_page_then_those_worth_most_and_ten_at_most(web: Web, read: Crawling) -> None:
    web.site("smith.example", *PATHS)

    found = read("smith.example")

    assert found.state is State.OK
    assert web.paths() == [
        "/", "/contact", "/team", "/about", "/services", "/careers", "/news", "/terms", "/x", "/y",
    ]  # fmt: skip
    assert [url.rpartition("/")[2] for url in urls(found)] == [each[1:] for each in web.paths()]
    assert found.unread == 2
    assert found.reason == "10 pages were read; it has more."


def test_one_request_at_a_time_under_our_own_name(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team")

    read("smith.example")

    assert web.at_once["smith.example"] == 1
    assert {each.headers["User-Agent"] for each in web.asked} == {"Fieldfare/1.0"}
    assert not any("Cookie" in each.headers for each in web.asked)
    assert web.asked[0].path == "/robots.txt"


def test_what_robots_txt_forbids_is_not_asked_for(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team", "contact")
    web.put("smith.example/robots.txt", "User-agent: *\nDisallow: /team", kind="text/plain")

    found = read("smith.example")

    assert found.state is State.OK
    assert web.paths() == ["/", "/contact", "/about"]


def test_who_asks_not_to_be_read_is_not(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about")
    web.put("smith.example/robots.txt", "User-agent: fieldfare\nDisallow: /", kind="text/plain")

    found = read("smith.example")

    assert found.state is State.ROBOTS
    assert found.reason == "smith.example asks programs not to read it (robots.txt)."
    assert web.paths() == []


@pytest.mark.parametrize(("status", "state"), [(404, State.OK), (403, State.OK), (401, State.OK),
                                               (500, State.AWAY), (503, State.AWAY)])  # fmt: skip
def test_a_website_whose_rules_are_missing_is_read_and_one_that_is_ill_is_not(
    web: Web, read: Crawling, status: int, state: State
) -> None:
    web.site("smith.example", "about")
    web.put("smith.example/robots.txt", "No", status=status)

    found = read("smith.example")

    assert found.state is state
    assert bool(web.paths()) == (state is State.OK)


def test_a_website_that_is_asked_too_often_says_until_when(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about")
    web.put("smith.example/robots.txt", status=429, headers=(("Retry-After", "600"),))

    found = read("smith.example")

    assert found.state is State.AWAY
    assert found.until is not None
    assert web.paths() == []


def test_rules_without_an_end_let_the_website_alone(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about")
    web.put("smith.example/robots.txt", b"User-agent: *\n" + b"Disallow: /x\n" * 50_000)

    found = read("smith.example")

    assert found.state is State.ROBOTS
    assert found.reason == "The robots.txt of smith.example is too long."
    assert web.paths() == []


def test_the_delay_that_is_asked_for_lies_before_every_page(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team", "contact")
    web.put("smith.example/robots.txt", "User-agent: *\nCrawl-delay: 3", kind="text/plain")

    found = read("smith.example")

    asked = [each for each in web.asked if each.scheme == "http"]
    assert len(found.pages) == 4
    waited = [after.at - before.ended for before, after in pairwise(asked)]
    assert all(seconds >= 3 / SPEED for seconds in waited)


def test_a_long_delay_leaves_the_first_page(web: Web, read: Crawling) -> None:
    web.site("smith.example", "about", "team", "contact")
    web.put("smith.example/robots.txt", "User-agent: *\nCrawl-delay: 600", kind="text/plain")

    found = read("smith.example")

    assert found.state is State.OK
    assert web.paths() == ["/"]


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ('<meta name="robots" content="noindex,nofollow">', ()),
        ("", (("X-Robots-Tag", "nofollow"),)),
    ],
)
def test_whose_links_are_not_to_be_followed_are_not(
    web: Web, read: Crawling, head: str, headers: tuple[tuple[str, str], ...]
) -> None:
    web.put("smith.example/", page('<a href="/about">About</a>', head), headers=headers)
    web.put("smith.example/about", page("About"))

    found = read("smith.example")

    assert found.state is State.OK
    assert web.paths() == ["/"]


def test_a_page_that_is_not_to_be_indexed_is_read(web: Web, read: Crawling) -> None:
    noindex = '<meta name="robots" content="noindex">'
    web.put("smith.example/", page('<a href="/about">About</a>', noindex))
    web.put("smith.example/about", page("About"))

    assert len(read("smith.example").pages) == 2


def test_links_of_a_later_page_are_followed_unless_it_asks_otherwise(
    web: Web, read: Crawling
) -> None:
    stop = '<meta name="robots" content="nofollow">'
    web.put("smith.example/", page('<a href="/about">About</a><a href="/news">News</a>'))
    web.put("smith.example/about", page('<a href="/branches">Offices</a>'))
    web.put("smith.example/news", page('<a href="/secret">More</a>', stop))
    web.put("smith.example/branches", page("Leeds"))
    web.put("smith.example/secret", page("No"))

    read("smith.example")

    assert web.paths() == ["/", "/about", "/branches", "/news"]


def test_a_website_that_stops_answering_is_left_alone(web: Web, read: Crawling) -> None:
    web.site("smith.example", *PATHS)
    for path in ("contact", "team", "about"):
        web.put(f"smith.example/{path}", "Too many", status=503)

    found = read("smith.example")

    assert found.state is State.OK
    assert web.paths() == ["/", "/contact", "/team"]
    web.asked.clear()
    web.put("smith.example/contact", status=429, headers=(("Retry-After", "60"),))
    read("smith.example")
    assert web.paths() == ["/", "/contact"]


def test_dead_links_count_as_requests(web: Web, read: Crawling) -> None:
    dead = "".join(f'<a href="/gone-{letter}">x</a>' for letter in "abcdefghijklmnopq")
    web.put("smith.example/", page(dead))

    found = read("smith.example")

    assert len(found.pages) == 1
    assert len(web.paths()) == 10


def test_pages_that_say_all_the_same_are_heard_once(web: Web, read: Crawling) -> None:
    menu = "".join(f'<a href="/{each}">{each}</a>' for each in ("about", "team", "contact"))
    web.put("smith.example/", page(menu))
    for each in ("about", "team", "contact"):
        html = page(f"{menu}<p>Oh dear: nothing here at 12:0{len(each)}</p>")
        web.put(f"smith.example/{each}", html)

    found = read("smith.example")

    assert len(found.pages) == 2


def test_the_limits_are_those_that_are_given(web: Web, read: Crawling, kept: list[Fetched]) -> None:
    web.site("smith.example", *PATHS)

    found = read("smith.example", limits=Limits(pages=3))

    assert len(found.pages) == 3
    assert len(pages(kept)) == 3


def test_a_website_whose_menu_is_made_by_a_script_is_read_by_its_map(
    web: Web, read: Crawling, kept: list[Fetched]
) -> None:
    web.put("smith.example/", page("<div id=root></div>"))
    web.put("smith.example/robots.txt", "Sitemap: http://www.smith.example/maps.xml")
    of_maps = "<sitemapindex><loc>/posts.xml</loc><loc>http://smith.example/pages.xml</loc>"
    web.put("smith.example/maps.xml", of_maps, kind="application/xml")
    places = "".join(f"<url><loc>http://smith.example/{each}</loc></url>" for each in PATHS)
    web.put("smith.example/pages.xml", f"<urlset>{places}</urlset>", kind="application/xml")
    for each in PATHS:
        web.put(f"smith.example/{each}", page(f"Page {each}"))

    found = read("smith.example")

    assert len(found.pages) == 8
    assert [each.asked for each in kept if each.kind is Kind.MAP] == [
        "http://smith.example/maps.xml", "http://smith.example/pages.xml",
    ]  # fmt: skip


def test_without_a_map_the_usual_places_are_tried_until_one_is_missing(
    web: Web, read: Crawling
) -> None:
    web.put("smith.example/", page("<div id=root></div>"))
    web.put("smith.example/contact", page("Ring us"))

    found = read("smith.example")

    assert len(found.pages) == 2
    assert web.paths() == ["/", "/sitemap.xml", "/contact", "/about"]
