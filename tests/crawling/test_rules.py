"""What a website asks of programs."""

import time

import pytest

from enrichment.crawling import rules
from enrichment.crawling.contract import Fetched, Kind
from enrichment.crawling.rules import Rules

HERE = "https://shop.example"


def page(html: str = "", **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(HERE, HERE, 200, named, html.encode(), 0.1)


def test_our_own_rules_count_before_those_of_all() -> None:
    ours = "User-agent: *\nDisallow: /\n\nUser-agent: Fieldfare\nDisallow: /private\n"
    found = Rules(ours)
    assert found.allow(f"{HERE}/about")
    assert not found.allow(f"{HERE}/private/x")


def test_rules_of_others_are_not_ours() -> None:
    found = Rules("User-agent: Otherbot\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nDisallow:\n")
    assert found.allow(f"{HERE}/about")
    assert found.delay == 0


def test_rules_that_are_for_several_are_ours_too() -> None:
    text = "User-agent: Otherbot\nUser-agent: *\nDisallow: /team\nAllow: /team/open$\n"
    found = Rules(text)
    assert not found.allow(f"{HERE}/team/x")
    assert found.allow(f"{HERE}/team/open")


def test_patterns_are_understood() -> None:
    found = Rules("\ufeffUser-agent: *\nDisallow: /*.aspx$\nDisallow: /*?print=\n")
    assert not found.allow(f"{HERE}/a/b.aspx")
    assert not found.allow(f"{HERE}/a?print=1")
    assert found.allow(f"{HERE}/a.aspx/c")


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/4", 4.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nCrawl-delay: -3", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("", 0.0),
    ],
)
def test_how_long_to_wait(text: str, delay: float) -> None:
    assert Rules(text).delay == delay


def test_where_the_maps_are() -> None:
    found = Rules(f"Sitemap: {HERE}/a.xml\nUser-agent: *\nDisallow: /x")
    assert found.maps == (f"{HERE}/a.xml",)


@pytest.mark.parametrize(
    ("status", "is_left_alone"),
    [(200, False), (301, False), (403, False), (404, False), (429, True), (500, True), (503, True)],
)
def test_whose_rules_are_not_known_is_left_alone(status: int, *, is_left_alone: bool) -> None:
    assert rules.is_to_be_left_alone(status) == is_left_alone


def test_a_notice_in_the_place_of_rules_forbids_nothing() -> None:
    text = b"User-agent: *\nDisallow: /\n"
    found = Fetched(HERE, HERE, 404, {}, text, 0.1, Kind.RULES)
    assert rules.read(found).allow(f"{HERE}/x")
    html = b"<!doctype html><html><body>Disallow: / what you do not like</body></html>"
    found = Fetched(HERE, HERE, 200, {}, html, 0.1, Kind.RULES)
    assert rules.read(found).allow(f"{HERE}/x")


@pytest.mark.parametrize(
    "found",
    [
        page('<meta name="robots" content="noindex, nofollow">'),
        page("<META CONTENT='none' NAME='ROBOTS'>"),
        page("<meta name=fieldfare content=nofollow>"),
        page(x_robots_tag="noindex, nofollow"),
        page(x_robots_tag="otherbot: noindex, fieldfare: nofollow"),
        page(x_robots_tag="unavailable_after: 25 Jun 2027 15:00:00 GMT, nofollow"),
    ],
)
def test_who_asks_not_to_be_followed(found: Fetched) -> None:
    assert rules.forbids_following(found)


@pytest.mark.parametrize(
    "found",
    [
        page('<meta name="robots" content="noindex">'),
        page('<meta name="robots" content="index, follow, max-snippet:-1">'),
        page('<meta name="otherbot" content="nofollow">'),
        page('<meta name="description" content="We nofollow nobody, none">'),
        page(x_robots_tag="otherbot: nofollow"),
        page(x_robots_tag="noindex"),
        page(),
    ],
)
def test_who_does_not(found: Fetched) -> None:
    assert not rules.forbids_following(found)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 18_000,
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*a*a*b\n" * 15_000,
        "User-agent: *\nDisallow: /" + "*a" * 240_000,
        "\n" * 500_000, "User-agent " + " " * 480_000, "User-agent: *\nDisallow: /$" * 18_000,
        "User-agent: *\nUser-agent: fieldfare\n" * 12_000,
    ],
)  # fmt: skip
def test_hostile_rules_are_read_in_no_time(text: str) -> None:
    began = time.process_time()
    found = Rules(text[: rules.MOST_BYTES])
    for number in range(20):
        found.allow(f"{HERE}/{'a' * 200}/{number}")
    assert time.process_time() - began < 4
