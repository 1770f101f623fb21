"""The simulated vendors, once for all tests, and the sources that ask them."""

from collections.abc import Iterator
from typing import Any

import pytest

from campaigns.discovery.sources.apollo import Apollo
from campaigns.discovery.sources.companies_house import CompaniesHouseSource
from campaigns.discovery.sources.google_places import GooglePlacesSource
from campaigns.discovery.sources.hunter import Hunter
from tests.conftest import VENDORS_SPEED
from tests.discovery.asked import Asker, key_for
from tests.outside.vendor import Vendor, serving
from tests.people import Cast
from tests.simulators import Running


@pytest.fixture
def simulated(simulators: Running, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Running:
    for name, value in simulators.env.items():
        setattr(settings, name, value)
    settings.VENDOR_CLOCK = VENDORS_SPEED
    # Other tests may keep this machine busy.
    monkeypatch.setattr("crm.outside.asking.LEAST", 30.0)
    for each in simulators.all.values():
        each.faults.clear()
        each.forget()
    return simulators


@pytest.fixture
def companies_house(simulated: Running, db: None, bundled: None, cast: Cast) -> Asker:
    key = key_for("companies_house", simulated.env["COMPANIES_HOUSE_KEY"])
    return Asker(CompaniesHouseSource(), key, cast)


@pytest.fixture
def google_places(simulated: Running, db: None, bundled: None, cast: Cast) -> Asker:
    key = key_for("google_places", simulated.env["GOOGLE_PLACES_KEY"])
    return Asker(GooglePlacesSource(), key, cast)


@pytest.fixture
def apollo(simulated: Running, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(Apollo(), key_for("apollo", simulated.env["APOLLO_KEY"]), cast)


@pytest.fixture
def hunter(simulated: Running, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(Hunter(), key_for("hunter", simulated.env["HUNTER_KEY"]), cast)


@pytest.fixture
def scripted(settings: Any) -> Iterator[Vendor]:
    """A vendor that says what a test has written down for it."""
    with serving() as found:
        settings.COMPANIES_HOUSE_URL = settings.GOOGLE_PLACES_URL = found.url
        settings.APOLLO_URL = settings.HUNTER_URL = found.url
        settings.VENDOR_CLOCK = VENDORS_SPEED
        yield found
