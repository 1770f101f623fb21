"""The door and the simulated vendors, which were written by people who have not read it."""

from collections.abc import Iterator
from typing import Any

import pytest

from crm import http
from crm.outside.errors import Away, Later, NotReadable, NotThere, Outside, Refused, TooBig
from tests.outside.conftest import key
from tests.simulators import Running, running

pytestmark = pytest.mark.django_db
SPEED = 20.0
FREE = {
    "openai": "/models",
    "companies_house": "/company/00000000",
    "google_places": "/places:searchText",
    "apollo": "/organizations/enrich",
    "hunter": "/account",
    "zerobounce": "/validate",
    "twilio": "/PhoneNumbers/+442079460000",
    "clearbit": "/companies/find",
}
QUERIES = {
    "apollo": {"domain": "nobody.example"},
    "zerobounce": {"email": "valid@example.com"},
    "clearbit": {"domain": "nobody.example", "cached": "true"},
}
SEARCH = {"textQuery": "dentist in Leicester"}
MASK = {"X-Goog-FieldMask": "places.id"}


@pytest.fixture(scope="module")
def simulated() -> Iterator[Running]:
    with running(speed=SPEED) as found:
        yield found


@pytest.fixture
def vendors(simulated: Running, settings: Any) -> Iterator[Running]:
    for name, value in simulated.env.items():
        if name.endswith("_URL") or name == "HTTP_NAMES":
            setattr(settings, name, value)
    settings.VENDOR_CLOCK = SPEED
    yield simulated
    for vendor in simulated.all.values():
        vendor.faults.clear()


def ask(service: str, secret: str) -> http.Answer:
    method, body = ("POST", SEARCH) if service == "google_places" else ("GET", None)
    if service == "twilio" and secret != "sim-revoked":
        secret = f"SK5150:{secret}"
    return http.call(
        key(service, secret),
        method,
        FREE[service],
        query=QUERIES.get(service),
        json=body,
        headers=MASK if body else None,
    )


@pytest.mark.parametrize("service", FREE)
def test_each_vendor_answers(vendors: Running, service: str) -> None:
    try:
        assert ask(service, f"good-{service}").status == 200
    except NotThere:
        # That is their answer where nobody has the number or the domain.
        assert service in ("companies_house", "apollo", "clearbit")


@pytest.mark.parametrize("service", FREE)
def test_each_vendor_refuses_a_key_that_was_taken_back(vendors: Running, service: str) -> None:
    with pytest.raises(Refused) as caught:
        ask(service, "sim-revoked")

    assert caught.value.kind in ("key", "plan")


@pytest.mark.parametrize(
    "service",
    ["openai", "companies_house", "google_places", "hunter", "zerobounce", "twilio", "clearbit"],
)
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("500", Away),
        ("cut", Away),
        ("malformed", NotReadable),
        ("content-type", NotReadable),
        ("huge", TooBig),
    ],
)
def test_each_vendor_in_trouble(
    vendors: Running, service: str, kind: str, error: type[Outside]
) -> None:
    vendors.all[service].faults.add(kind, times=None)

    with pytest.raises(error):
        ask(service, f"{kind}-{service}")


@pytest.mark.parametrize("service", ["openai", "companies_house", "apollo", "zerobounce"])
def test_a_vendor_that_names_the_wait_gets_it(vendors: Running, service: str) -> None:
    vendors.all[service].faults.add("429", seconds=60)

    with pytest.raises(Later):
        ask(service, f"later-{service}")


def test_a_site_that_the_simulated_world_does_not_have_is_not_there(vendors: Running) -> None:
    with pytest.raises(NotThere):
        http.fetch("http://certainly-no-such-site.test/")
