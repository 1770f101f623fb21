"""The simulated websites: all of their faults, and what they notice of us."""

import time
from typing import Any

import pytest

from enrichment.crawling import links
from enrichment.crawling.contract import Fetched, State
from enrichment.crawling.crawl import crawl
from tests.crawling.conftest import urls
from tests.simulating.firms import near
from tests.simulators import Running
from tests.simulators.pages import making, quirks, shown, ways
from tests.simulators.world import Organisation

pytestmark = pytest.mark.django_db
# Fields of a crawl's result by fault: the state, and the fewest and the most pages.
FAULTS = {
    "loop": (State.NOT_A_PAGE, 0, 0),
    "chain": (State.OK, 1, 10),
    "inside": (State.FORBIDDEN, 0, 0),
    "offsite": (State.MOVED, 0, 0),
    "endless": (State.TOO_BIG, 0, 0),
    "bomb": (State.TOO_BIG, 0, 0),
    "drip": (State.AWAY, 0, 0),
    "charset": (State.OK, 4, 10),
    "parked": (State.PARKED, 0, 0),
    "listing": (State.OK, 1, 10),
    "trap": (State.OK, 2, 6),
    "soft-404": (State.OK, 4, 10),
    "blank": (State.NOT_A_PAGE, 0, 0),
    "picture": (State.NOT_A_PAGE, 0, 0),
    "cookies": (State.NOT_A_PAGE, 0, 0),
    "challenge": (State.REFUSED, 0, 0),
    "hangs": (State.AWAY, 0, 0),
    "other-number": (State.OK, 4, 10),
    "robots-closed": (State.ROBOTS, 0, 0),
}


def sound(count: int, **having: Any) -> list[Organisation]:
    """Organisations whose websites can be read."""
    found = []
    for one in near():
        made, has = making.of(one), ways.of(one)
        is_plain = made.opens and not made.gone and not made.script_only
        if is_plain and all(bool(getattr(has, name)) == is_so for name, is_so in having.items()):
            found.append(one)
            if len(found) == count:
                break
    return found


def test_every_fault_is_known() -> None:
    assert set(FAULTS) == set(quirks.KINDS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_website_that_misbehaves(vendors: Running, fault: str) -> None:
    one = sound(1, crawl_delay=False)[0]
    vendors.sites.faults.add(fault, host=making.of(one).host, times=None)
    state, fewest, most = FAULTS[fault]
    kept: list[Fetched] = []
    began = time.monotonic()

    found = crawl(one.website, kept.append, read=links.read)

    assert found.state is state, found.reason
    assert found.reason
    assert fewest <= len(found.pages) <= most
    assert time.monotonic() - began < 10
    assert sum(len(each.content) for each in kept) < 6_000_000
    manners = vendors.sites.stats()["manners"]
    assert manners["most_at_once_per_host"] == 1
    assert manners["hosts_without_robots_asked"] == 0


def test_well_behaved_websites_notice_nothing_but_good_manners(vendors: Running) -> None:
    everybody = [*sound(25), *sound(5, closed_to_robots=True), *sound(5, crawl_delay=True)]
    for one in {each.domain: each for each in everybody}.values():
        found = crawl(one.website, lambda _: None, read=links.read)

        assert found.state is State.OK, (one.domain, found.reason)
        host = f"http://{making.of(one).host}"
        read = {url.removeprefix(host) for url in urls(found)}
        wanted = shown.readable(one)
        assert read <= set(wanted)
        # A way by way of the bare name, or to a map, is a request, too.
        assert len(read) >= min(len(wanted), 9)
        assert {"/", "/contact", "/about"} <= read
    manners = vendors.sites.stats()["manners"]
    assert manners["most_at_once_per_host"] == 1
    assert manners["most_pages_per_host"] <= 10
    assert manners["hosts_without_robots_asked"] == 0
    assert manners["forbidden_pages"] == 0
    assert manners["forbidden_networks"] == 0


def test_websites_that_turn_programs_away_or_are_broken(vendors: Running) -> None:
    states = {403: State.ROBOTS, 500: State.AWAY}
    for status, state in states.items():
        one = next(one for one in near() if making.of(one).status == status)

        found = crawl(one.website, lambda _: None, read=links.read)

        assert found.state is state, found.reason
    assert vendors.sites.stats()["manners"]["forbidden_pages"] == 0


def test_a_website_that_is_empty_without_scripts_is_read_by_its_map(vendors: Running) -> None:
    def is_one(one: Organisation) -> bool:
        made = making.of(one)
        return made.script_only and made.opens and not made.gone and ways.of(one).sitemap

    one = next(filter(is_one, near()))

    found = crawl(one.website, lambda _: None, read=links.read)

    assert found.state is State.OK
    assert len(found.pages) >= 4
