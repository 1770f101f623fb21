"""Organisations' websites as tests visit them."""

from collections.abc import Callable, Iterator

import pytest

from tests.simulating.asking import BROWSER, visit
from tests.simulating.calling import Answer, ask
from tests.simulating.firms import near
from tests.simulators import running
from tests.simulators.pages import making, ways
from tests.simulators.sites import Sites
from tests.simulators.world import Organisation


@pytest.fixture(scope="module")
def started() -> Iterator[Sites]:
    with running("sites", speed=500) as vendors:
        assert isinstance(vendors.sites, Sites)
        yield vendors.sites


@pytest.fixture
def sites(started: Sites) -> Iterator[Sites]:
    started.forget()
    yield started
    started.faults.clear()
    started.steer({"wild": 0, "seconds": None})


def like(fits: Callable[[Organisation, ways.Ways], bool]) -> Organisation:
    """The first with a site that can be read and is like this."""
    for one in near():
        made = making.of(one)
        if made.opens and not made.gone and not made.script_only and fits(one, ways.of(one)):
            return one
    raise AssertionError("No site is like this.")


def read(sites: Sites, one: Organisation, path: str) -> str:
    status, text, _ = visit(sites, f"http://{making.of(one).host}{path}")
    assert status == 200, path
    return text


def raw(sites: Sites, one: Organisation, path: str = "/") -> Answer:
    """A page as it comes, whatever its bytes are."""
    headers = {"Host": making.of(one).host, "User-Agent": BROWSER}
    return ask(f"{sites.url}{path}", headers=headers)
