"""Hunter and Apollo on a bad day: nothing false is told, and nothing strange is raised."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

import pytest

from crm.outside.errors import Away, Later, NotReadable, Outside, Refused, TooBig
from enrichment.contract import Provider, Subject, Unanswerable
from enrichment.providers import (
    apollo_organisation,
    apollo_people,
    hunter_company,
    hunter_finder,
    hunter_search,
    hunter_verifier,
)
from tests.outside.vendor import answer, serving
from tests.providers.questions import answered, are_well_formed, key, subject
from tests.providers.strangers import distorted
from tests.providers.test_apollo_people import found_of, glimpsed, match, matched
from tests.providers.test_company_data import ACME
from tests.providers.test_hunter_people import FOUND
from tests.providers.test_hunter_search import row, said
from tests.simulating.firms import like
from tests.simulators import Running

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PROVIDERS = [
    each.PROVIDER
    for each in (
        apollo_organisation, apollo_people, hunter_company, hunter_finder, hunter_search,
        hunter_verifier,
    )
]  # fmt: skip
EACH = pytest.mark.parametrize("provider", PROVIDERS, ids=lambda each: each.slug)
ANSWERS = {
    "apollo_organisation": {"organization": ACME},
    "hunter_search": said(row("jo@acme.example"), pattern="{first}", accept_all=False),
    "hunter_finder": {"data": FOUND},
    "hunter_verifier": {"data": {"email": "jo.smith@acme.example", "status": "valid"}},
}


def jo() -> Subject:
    about = subject(website="https://acme.example", name="Acme", email="info@acme.example")
    return replace(about, person={"name": ["Jo Smith"], "email": ["jo.smith@acme.example"]})


def known(vendors: Running, provider: Provider) -> Subject:
    """An organisation that the vendor knows, and one of its people."""
    vendor: Any = getattr(vendors, provider.service)
    about = like(lambda about: vendor.knowledge.knows(about.one) and bool(about.current))
    who, one = about.current[0], about.one
    asks = subject(website=one.domain, name=one.name, email=one.email)
    if not provider.is_of_people:
        return asks
    return replace(asks, person={"name": [who.name], "email": [who.email]})


@EACH
@pytest.mark.parametrize("fault", ["nulls", "other-types", "empty", "wrapped"])
def test_json_that_has_lost_its_sense_tells_nothing(
    provider: Provider, fault: str, vendors: Running
) -> None:
    about = known(vendors, provider)
    getattr(vendors, provider.service).faults.add(fault, times=None)
    try:
        found = answered(provider, about, key=key(provider.service, fault + provider.slug))
    except (Unanswerable, Outside):
        return
    assert not found.told


@EACH
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("revoked", Refused), ("500", Away), ("cut", Away), ("malformed", NotReadable),
        ("huge", TooBig), ("content-type", NotReadable),
    ],
)  # fmt: skip
def test_what_ails_a_vendor_is_said_in_its_own_error(
    provider: Provider, fault: str, error: type[Outside], vendors: Running
) -> None:
    about = known(vendors, provider)
    getattr(vendors, provider.service).faults.add(fault, times=None)
    with pytest.raises(error):
        answered(provider, about, key=key(provider.service, fault + provider.slug))


@EACH
def test_used_up_credits_are_a_matter_for_whoever_has_the_key(
    provider: Provider, vendors: Running
) -> None:
    vendor: Any = getattr(vendors, provider.service)
    about = known(vendors, provider)
    vendor.faults.add("quota", times=None)
    with pytest.raises(Outside) as error:
        answered(provider, about, key=key(provider.service, "poor" + provider.slug))
    assert not isinstance(error.value, Later)
    assert vendor.stats()["billed"] == 0


@EACH
def test_nobody_is_asked_without_a_key(provider: Provider) -> None:
    with pytest.raises(Unanswerable) as error:
        answered(provider, jo(), key=None)
    assert error.value.cost_micros == 0


def wild(provider: Provider) -> Iterator[tuple[Any, ...]]:
    """Give answers, or both of those that belong together; not all, which would take a minute."""
    if provider.slug == "apollo_people":
        for each in islice(distorted(found_of(glimpsed())), 0, None, 4):
            yield each, matched(match())
        for each in islice(distorted(matched(match())), 0, None, 4):
            yield found_of(glimpsed()), each
    else:
        yield from ((each,) for each in islice(distorted(ANSWERS[provider.slug]), 0, None, 2))


@pytest.mark.parametrize(
    "provider",
    [each for each in PROVIDERS if each.slug != "hunter_company"],
    ids=lambda each: each.slug,
)
def test_no_wild_value_is_told_out_of_form(provider: Provider, settings: Any) -> None:
    settings.VENDOR_CLOCK = 50.0
    with serving() as vendor:
        setattr(settings, f"{provider.service}_url".upper(), vendor.url)
        for at, bodies in enumerate(wild(provider)):
            vendor.says(*(answer(body=json.dumps(each)) for each in bodies))
            asked_with = key(provider.service, f"wild {at}")
            try:
                found = answered(provider, jo(), today=TODAY, key=asked_with)
            except (Unanswerable, NotReadable):
                continue
            are_well_formed(found, TODAY)
            assert all(each.value for each in found.told)
            written = json.dumps([found.kept, [each.value for each in found.told]])
            assert not re.search(r"\\u0000|\\ud[89a-f]|\\u202e", written)
