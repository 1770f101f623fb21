"""What a crawl tells of a website."""

import pytest

from enrichment.crawling import links, quality
from enrichment.crawling.contract import Crawl, Fetched, Security, State, Visit

HERE = "https://shop.example/"
NOW = "Sun, 22 Nov 2026 10:00:00 GMT"


def page(changed: str = "", date: str = NOW) -> Fetched:
    return Fetched(HERE, HERE, 200, {"last-modified": changed, "date": date}, b"<p>", 0.412)


def told(crawl: Crawl[links.Seen]) -> dict[str, object]:
    assert {each.way for each in quality.told(crawl)} <= {"checked"}
    return {each.field: each.value for each in quality.told(crawl)}


def test_a_website_that_works() -> None:
    days = ("Tue, 03 Jun 2025 09:00:00 GMT", "Wed, 01 May 2019 09:00:00 GMT", "")
    visits = tuple(Visit(page(day), links.Seen()) for day in days)
    crawl = Crawl(
        "shop.example",
        State.OK,
        "",
        url=HERE,
        pages=visits,
        seconds=0.412,
        security=Security(is_https=True, leads_on=True, is_trusted=True),
    )

    assert told(crawl) == {
        "site_state": "ok", "site_is_https": True, "site_seconds": 0.41, "site_changed": 2025,
    }  # fmt: skip
    assert {each.url for each in quality.told(crawl)} == {HERE}


def test_a_website_that_is_away_may_be_back() -> None:
    assert told(Crawl("shop.example", State.AWAY, "It did not answer.")) == {}


def test_a_website_that_is_parked_is_told_of() -> None:
    assert told(Crawl("shop.example", State.PARKED, "")) == {"site_state": "parked"}


@pytest.mark.parametrize(
    "changed",
    [NOW, "Sun, 22 Nov 2026 09:59:58 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "yesterday", "",
     "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 99 Jan 2020 99:99:99 GMT", "1" * 300],
)  # fmt: skip
def test_a_day_that_says_nothing_of_the_page(changed: str) -> None:
    assert quality.changed(page(changed)) is None


def test_a_day_is_told_from_one_of_a_strange_clock() -> None:
    day = "Wed, 01 May 2019 09:00:00 GMT"
    assert quality.changed(page(day, "Mon, 01 Jan 0001 00:00:00 GMT")) is None
    assert quality.changed(page(day, "")) == 2019
