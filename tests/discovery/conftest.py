"""The sources that ask vendors, and a vendor that answers as a test has written down."""

from collections.abc import Iterator
from typing import Any

import pytest

from campaigns.discovery.sources.apollo import Apollo
from campaigns.discovery.sources.companies_house import CompaniesHouseSource
from campaigns.discovery.sources.google_places import GooglePlacesSource
from campaigns.discovery.sources.hunter import Hunter
from tests.conftest import VENDORS_SPEED
from tests.discovery.asked import Asker
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, serving
from tests.people import Cast
from tests.simulators import Running


@pytest.fixture
def companies_house(vendors: Running, db: None, bundled: None, cast: Cast) -> Asker:
    own = key("companies_house", vendors.env["COMPANIES_HOUSE_KEY"])
    return Asker(CompaniesHouseSource(), own, cast)


@pytest.fixture
def google_places(vendors: Running, db: None, bundled: None, cast: Cast) -> Asker:
    own = key("google_places", vendors.env["GOOGLE_PLACES_KEY"])
    return Asker(GooglePlacesSource(), own, cast)


@pytest.fixture
def apollo(vendors: Running, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(Apollo(), key("apollo", vendors.env["APOLLO_KEY"]), cast)


@pytest.fixture
def hunter(vendors: Running, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(Hunter(), key("hunter", vendors.env["HUNTER_KEY"]), cast)


@pytest.fixture
def scripted(settings: Any) -> Iterator[Vendor]:
    """A vendor that says what a test has written down for it."""
    with serving() as found:
        settings.COMPANIES_HOUSE_URL = settings.GOOGLE_PLACES_URL = found.url
        settings.APOLLO_URL = settings.HUNTER_URL = found.url
        settings.VENDOR_CLOCK = VENDORS_SPEED
        yield found
