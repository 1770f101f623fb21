"""Websites that are crawled and read at once, each page one time, and then joined."""

from collections import Counter

import pytest

from enrichment.crawling.contract import Fetched, State
from enrichment.crawling.crawl import crawl
from enrichment.phones import number
from enrichment.reading import page, site
from enrichment.reading.page import Page
from tests.simulating.firms import near
from tests.simulators import Running
from tests.simulators.pages import making, robots, shown, ways
from tests.simulators.world import Organisation

pytestmark = pytest.mark.django_db
FEW = 5


def sound() -> list[Organisation]:
    """Organisations whose websites can be read, with a page to reach them."""
    found = []
    for one in near():
        made = making.of(one)
        is_plain = made.opens and not made.gone and not made.script_only and not robots.delay(one)
        if is_plain and "/contact" in shown.readable(one) and ways.of(one).email == "plain":
            found.append(one)
        if len(found) == FEW:
            break
    return found


@pytest.mark.parametrize("place", range(FEW))
def test_what_a_website_says_is_found(vendors: Running, place: int) -> None:
    one = sound()[place]
    expected = shown.expected(one)
    times: Counter[str] = Counter()

    def read(fetched: Fetched) -> Page:
        times[fetched.url] += 1
        return page.read(fetched)

    crawled = crawl(one.website, lambda _: None, read=read)
    told = site.told(crawled)

    assert crawled.state is State.OK, crawled.reason
    assert set(times.values()) == {1}
    texts = {visit.page.url: visit.read.text for visit in crawled.pages}
    assert all(each.quote in texts.get(each.url, "") for each in told if each.quote)
    found = {each.field: each.value for each in told if not each.about}
    phones = {each.value for each in told if each.field == "phone" and not each.about}
    assert phones == {number.read(each).e164 for each in expected["phones"]}
    assert found["postcode"] == expected["postcode"]
    assert found.get("company_number", "") == expected["company_number"]
    emails = {each.value for each in told if each.field == "email" and not each.about}
    assert emails <= set(expected["emails"])
    assert one.email in emails
    assert found["site_state"] == "ok"


@pytest.mark.parametrize(
    ("fault", "state"),
    [("parked", State.PARKED), ("challenge", State.REFUSED), ("blank", State.NOT_A_PAGE)],
)
def test_a_website_that_is_nobodys_tells_its_state_alone(
    vendors: Running, fault: str, state: State
) -> None:
    one = sound()[0]
    vendors.sites.faults.add(fault, host=making.of(one).host, times=None)

    crawled = crawl(one.website, lambda _: None, read=page.read)

    assert crawled.state is state
    told = {each.field: each.value for each in site.told(crawled)}
    assert told["site_state"] == state
    assert {field for field in told if not field.startswith("site_")} == set()


def test_notices_that_nothing_is_there_are_no_pages(vendors: Running) -> None:
    one = sound()[0]
    vendors.sites.faults.add("soft-404", host=making.of(one).host, times=None)
    crawled = crawl(one.website, lambda _: None, read=page.read)
    assert crawled.state is State.OK
    assert {visit.read.kind for visit in crawled.pages} == {"normal"}
