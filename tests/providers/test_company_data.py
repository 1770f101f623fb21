"""What Hunter and Apollo know of a company, by its domain."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crm.credits import prices
from crm.outside.errors import NotThere
from enrichment.contract import Answer, Unanswerable
from enrichment.providers import apollo_organisation, hunter_company
from tests.providers.questions import answered, are_well_formed, key, of, subject
from tests.providers.strangers import answering
from tests.simulating.firms import like
from tests.simulators import Running
from tests.simulators.truth import Truth
from tests.simulators.truth.figures import headcount

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
APOLLO, HUNTER = apollo_organisation.PROVIDER, hunter_company.PROVIDER
BOTH = pytest.mark.parametrize("provider", [APOLLO, HUNTER], ids=lambda each: each.service)


def known(vendors: Running, service: str) -> Truth:
    """A company that the vendor knows, with all that there is to tell."""
    vendor: Any = getattr(vendors, service)

    def fits(about: Truth) -> bool:
        has_all = {"linkedin", "facebook", "x"} <= about.networks.keys() and about.one.incorporated
        return bool(vendor.knowledge.knows(about.one) and has_all and about.one.phone)

    return like(fits)


@BOTH
def test_a_company_is_told_of_as_the_vendor_has_it(
    provider: Any, vendors: Running, as_documented: Any
) -> None:
    about = known(vendors, provider.service)
    one = about.one
    found = answered(provider, subject(website=f"https://www.{one.domain}/"))

    are_well_formed(found, TODAY)
    assert {each.field for each in found.told} <= provider.gives
    assert {each.way for each in found.told} == {"provider"}
    assert of(found, "name") == [one.name]
    assert of(found, "postcode") == [one.postcode]
    assert one.address in of(found, "address")[0]
    assert of(found, "founded") == [int(one.incorporated[:4])]
    assert of(found, "linkedin") == [about.networks["linkedin"]]
    assert of(found, "employees") == ([size] if (size := headcount(one)) else [])
    assert of(found, "phone")[0].startswith("+44")
    stats = getattr(vendors, provider.service).stats()
    assert found.cost_micros == prices.vendor(provider.service, "credit", stats["billed"])
    as_documented(provider.service, getattr(vendors, provider.service).calls())


def test_a_company_that_apollo_does_not_know_is_a_miss_and_free(vendors: Running) -> None:
    found = answered(APOLLO, subject(website="nobody-there.example"))
    assert not found.told
    assert found.why_nothing
    assert found.cost_micros == vendors.apollo.stats()["billed"] == 0


def test_a_company_that_hunter_does_not_know_is_not_there(vendors: Running) -> None:
    with pytest.raises(NotThere):
        answered(HUNTER, subject(website="nobody-there.example"))
    assert vendors.hunter.stats()["billed"] == 0


@BOTH
def test_the_domain_is_what_is_asked_about(provider: Any) -> None:
    assert provider.about(subject(website="https://www.acme.co.uk/x")) == "acme.co.uk"
    assert provider.about(subject(website="https://facebook.com/acme")) == ""


Ask = Callable[..., Answer]
ACME: dict[str, Any] = {
    "name": "Acme",
    "primary_domain": "acme.example",
    "website_url": "http://www.acme.example",
    "country": "United Kingdom",
    "street_address": "1 High Street",
    "city": "Leicester",
    "postal_code": "le1 1aa",
    "phone": "+44 116 496 0123",
    "industry": "plumbing",
    "estimated_num_employees": 12,
    "founded_year": 1999,
    "annual_revenue": 3_000_000,
    "technology_names": ["WordPress", None, 3],
}


@pytest.fixture
def ask(settings: Any) -> Ask:
    def asking_it(**said: Any) -> Answer:
        with answering(settings, "APOLLO_URL", {"organization": ACME | said}):
            about = subject(website="acme.example")
            return answered(APOLLO, about, today=TODAY, key=key("apollo", str(said)[:500]))

    return asking_it


def test_every_value_is_in_its_form(ask: Ask) -> None:
    told = {each.field: each.value for each in ask().told}
    assert told == {
        "name": "Acme",
        "address": "1 High Street, Leicester",
        "postcode": "LE1 1AA",
        "phone": "+441164960123",
        "industry": "Plumbing",
        "employees": 12,
        "founded": 1999,
        "technologies": ["WordPress"],
    }


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"phone": "+1 415 555 0100"}, "phone"),
        ({"country": "United States"}, "address"),
        ({"country": "Germany", "postal_code": "10115"}, "postcode"),
        ({"postal_code": None}, "address"),
        ({"founded_year": 2031}, "founded"),
        ({"founded_year": "1999"}, "founded"),
        ({"estimated_num_employees": 10**9}, "employees"),
        ({"estimated_num_employees": True}, "employees"),
        ({"linkedin_url": "https://evil.example/company/acme"}, "linkedin"),
        ({"twitter_url": "https://x.com/intent"}, "x"),
        ({"technology_names": "WordPress"}, "technologies"),
        ({"name": {"a": 1}}, "name"),
        ({"industry": ["plumbing"]}, "industry"),
    ],
)
def test_what_is_malformed_or_abroad_is_not_told(
    said: dict[str, Any], field: str, ask: Ask
) -> None:
    assert of(ask(**said), field) == []


@pytest.mark.parametrize(
    "said",
    [
        {"primary_domain": "other.example"},
        {"primary_domain": None, "website_url": None},
        {"primary_domain": None, "website_url": "http://other.example"},
        {"primary_domain": ["acme.example"], "website_url": 3},
    ],
)
def test_another_company_tells_nothing(said: dict[str, Any], ask: Ask) -> None:
    found = ask(**said)
    assert not found.told
    assert found.cost_micros == APOLLO.charge()


@pytest.mark.parametrize("body", [[], {}, None, 3, {"organization": []}, {"data": "x"}])
@BOTH
def test_what_is_no_answer_is_said_to_be_none(provider: Any, body: Any, settings: Any) -> None:
    setting = f"{provider.service}_url".upper()
    with answering(settings, setting, body), pytest.raises(Unanswerable) as error:
        answered(provider, subject(website="acme.example"), key=key(provider.service, str(body)))
    assert error.value.cost_micros == provider.charge()
