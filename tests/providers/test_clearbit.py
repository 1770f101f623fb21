"""Clearbit as a provider, and the reader of its shape: what is told is of the domain asked for."""

import json
from functools import cache
from typing import Any

import pytest
from django.utils import timezone

from crm.outside.errors import Away, NotReadable, NotThere, Refused
from enrichment.contract import Answer, NotYet, Subject, Unanswerable
from enrichment.lookups.models import Rules
from enrichment.providers import clearbit_shape
from enrichment.providers.clearbit import PROVIDER, WAITS
from leads.enriching import plan
from tests.providers.questions import answered, are_well_formed, asking, key, of, one, subject
from tests.providers.strangers import answering, distorted
from tests.simulating.calling import ask
from tests.simulating.firms import near
from tests.simulators import Running, truth
from tests.simulators.prospects import clearbit_forms
from tests.simulators.truth import Truth

pytestmark = pytest.mark.django_db
COMPANY: dict[str, Any] = {
    "id": "c1", "name": "Alder & Finch", "legalName": "Alder & Finch Joinery Limited",
    "domain": "alderfinch.co.uk", "domainAliases": ["alder-finch.com"],
    "site": {
        "phoneNumbers": ["+44 116 249 6013", "+1 415 555 0100"],
        "emailAddresses": ["Info@AlderFinch.co.uk", "jo@gmail.com", "sam@webmakers.example"],
    },
    "category": {"industry": "joinery", "sicCode": "1751"},
    "description": "Stairs and\nwindows.", "foundedYear": 2014,
    "geo": {
        "streetNumber": "71", "streetName": "New Dover Road", "streetAddress": None,
        "city": "Canterbury", "postalCode": "ct1 3dz", "countryCode": "GB",
    },
    "facebook": {"handle": "alderfinch"}, "linkedin": {"handle": "company/alder-finch"},
    "twitter": {"handle": "alderfinch"}, "instagram": {"handle": "alder.finch"},
    "emailProvider": False, "phone": "+44 116 249 6012",
    "metrics": {"employees": 12, "annualRevenue": 5_000_000},
    "indexedAt": "2026-10-18T04:11:20.000Z",
    "tech": ["google_analytics", "next_js", "some_thing", "Own Words"],
}  # fmt: skip
PROFILES = ('"https://www.facebook.com/', '"https://x.com/', '"https://www.instagram.com/')
DOMAIN = "alderfinch.co.uk"


def values(told: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in told:
        found.setdefault(each.field, []).append(each.value)
    return found


@cache
def known(vendors: Running) -> list[Truth]:
    """Organisations that the simulated Clearbit has come across."""
    found = (truth.of(each) for each in near() if vendors.clearbit.knowledge.knows(each))  # type: ignore[attr-defined]
    whole = (each for each in found if each.one.phone and each.one.address)
    return [each for each in whole if {"facebook", "linkedin"} <= set(each.networks)]


def about(firm: Truth) -> Subject:
    return subject(website=f"https://www.{firm.one.domain}/contact", name=firm.one.name)


def test_what_is_told_is_true(vendors: Running) -> None:
    firm = known(vendors)[0]
    true = ask(f"{vendors.clearbit.url}/_control/truth?domain={firm.one.domain}").json

    found = answered(PROVIDER, about(firm))

    assert one(found, "name").value == true["one"]["name"]
    assert of(found, "postcode") == [true["one"]["postcode"]]
    assert one(found, "address").value.startswith(true["one"]["address"])
    for network in ("facebook", "linkedin"):
        assert of(found, network) == [true["networks"][network]]
    assert set(true["technologies"]) <= set(one(found, "technologies").value)
    assert {each.field for each in found.told} <= PROVIDER.gives
    assert {each.way for each in found.told} == {"provider"}
    are_well_formed(found, timezone.localdate())
    assert found.cost_micros == PROVIDER.charge() > 0
    assert vendors.clearbit.stats()["billed_for"] == {"lookups": 1}


def test_all_of_many_are_in_form(vendors: Running) -> None:
    for firm in known(vendors)[1:25]:
        found = clearbit_shape.read(clearbit_forms.company(firm.one), firm.one.domain)
        told = values(found)
        assert told["name"] == [firm.one.name]
        assert len(told["phone"]) == 1
        assert {each.partition("@")[2] for each in told["email"]} == {firm.one.domain}


def test_what_has_to_be_looked_up_first_is_waited_for(vendors: Running) -> None:
    vendors.clearbit.faults.add("queued")
    tickets: list[str] = []
    question = asking(PROVIDER, about(known(vendors)[2]), keep=tickets.append)

    waits = PROVIDER.ask(question)

    assert isinstance(waits, NotYet)
    assert tickets == ["1"]
    found = answered(PROVIDER, question.subject, ticket=tickets[-1])
    assert of(found, "name") == [known(vendors)[2].one.name]


def test_what_is_never_found_out_is_not_waited_for_for_ever(vendors: Running) -> None:
    vendors.clearbit.faults.add("queued", times=None)

    with pytest.raises(Unanswerable, match="Clearbit did not answer in time"):
        answered(PROVIDER, about(known(vendors)[0]))

    assert len(vendors.clearbit.calls()) == len(WAITS) + 1


def test_a_company_that_they_do_not_know_is_not_there(vendors: Running) -> None:
    strange = next(
        each for each in near() if not vendors.clearbit.knowledge.knows(each)  # type: ignore[attr-defined]
    )

    with pytest.raises(NotThere):
        answered(PROVIDER, subject(website=f"https://{strange.domain}"))


def test_the_same_domain_has_the_same_name() -> None:
    for website in ("https://www.AlderFinch.co.uk/a?b=c", "http://alderfinch.co.uk"):
        assert PROVIDER.about(subject(website=website)) == DOMAIN
    assert PROVIDER.about(subject(email="info@alderfinch.co.uk")) == DOMAIN


def test_where_many_share_a_domain_nobody_is_asked() -> None:
    for nobody in (subject(website="https://facebook.com/us"), subject(email="us@gmail.com")):
        assert PROVIDER.about(nobody) == ""
        with pytest.raises(Unanswerable):
            PROVIDER.ask(asking(PROVIDER, nobody))


def test_it_is_not_asked_unless_somebody_wants_it() -> None:
    assert PROVIDER not in plan.in_order(Rules())
    assert PROVIDER in plan.in_order(Rules(on=["clearbit"]))


@pytest.mark.parametrize("spoil", ["nulls", "other-types", "empty", "wrapped"])
def test_an_answer_without_sense_tells_nothing(vendors: Running, spoil: str) -> None:
    vendors.clearbit.faults.add(spoil, times=None)

    with pytest.raises(Unanswerable, match="Clearbit answered, but not with the company of"):
        answered(PROVIDER, about(known(vendors)[3]))


@pytest.mark.parametrize(
    ("fault", "error"),
    [("revoked", Refused), ("quota", Refused), ("500", Away), ("malformed", NotReadable)],
)
def test_in_trouble_it_is_asked_once_and_says_why(
    vendors: Running, fault: str, error: type[Exception]
) -> None:
    vendors.clearbit.faults.add(fault, times=None)
    question = asking(PROVIDER, about(known(vendors)[4]), key=key("clearbit", f"key-{fault}"))

    with pytest.raises(error):
        PROVIDER.ask(question)

    assert len(vendors.clearbit.calls()) == 1


def test_another_company_s_answer_tells_nothing(settings: Any) -> None:
    with answering(settings, "CLEARBIT_URL", COMPANY), pytest.raises(Unanswerable):
        answered(PROVIDER, subject(website="https://kestrel.co.uk"))


# The reader of the shape.


def test_every_part_of_the_shape_is_read() -> None:
    found = clearbit_shape.read(COMPANY, DOMAIN)

    assert values(found) == {
        "name": ["Alder & Finch"],
        "legal_name": ["Alder & Finch Joinery Limited"],
        "phone": ["+441162496012", "+441162496013"],
        "email": ["info@alderfinch.co.uk"],
        "postcode": ["CT1 3DZ"],
        "address": ["71 New Dover Road, Canterbury"],
        "description": ["Stairs and windows."],
        "industry": ["Joinery"],
        "employees": [12],
        "founded": [2014],
        "facebook": ["https://www.facebook.com/alderfinch"],
        "linkedin": ["https://www.linkedin.com/company/alder-finch"],
        "x": ["https://x.com/alderfinch"],
        "instagram": ["https://www.instagram.com/alder.finch"],
        "technologies": [["Google Analytics", "Next.js", "Some Thing", "Own Words"]],
    }
    assert {each.field for each in found} == clearbit_shape.GIVES
    assert {str(each.as_of) for each in found} == {"2026-10-18"}


def test_a_further_name_of_the_domain_will_do() -> None:
    assert clearbit_shape.read(COMPANY, "www.alder-finch.com")


@pytest.mark.parametrize(
    "change",
    [
        {"domain": "kestrel.co.uk", "domainAliases": []},
        {"domain": None, "domainAliases": None},
        {"domain": "alderfinch.co.uk.evil.example", "domainAliases": []},
        {"domain": "co.uk", "domainAliases": ["uk"]},
        {"emailProvider": True},
    ],
)
def test_of_whom_is_not_asked_for_nothing_is_told(change: dict[str, Any]) -> None:
    assert clearbit_shape.read(COMPANY | change, DOMAIN) == []


def test_an_office_abroad_is_no_address() -> None:
    for change in ({"countryCode": "US"}, {"postalCode": "94107"}, {"postalCode": None}):
        told = values(clearbit_shape.read(COMPANY | {"geo": COMPANY["geo"] | change}, DOMAIN))
        assert "postcode" not in told
        assert "address" not in told


@pytest.mark.parametrize("said", [None, [], "", 5, True, {}, [COMPANY], {"data": COMPANY}])
def test_what_is_no_company_tells_nothing(said: Any) -> None:
    assert clearbit_shape.read(said, DOMAIN) == []


def test_no_wild_value_is_told_or_raises_anything() -> None:
    usual = {(each.field, json.dumps(each.value)) for each in clearbit_shape.read(COMPANY, DOMAIN)}
    free = {"name", "legal_name", "description", "industry", "technologies", "address"}
    for wild in distorted(COMPANY):
        found = clearbit_shape.read(wild, DOMAIN)
        for each in found:
            written = json.dumps(each.value)
            # Only a text can be another text, and is one line of some length.
            is_profile = written.startswith(PROFILES)
            assert (each.field, written) in usual or each.field in free or is_profile
            assert len(written) < 8_000
            assert "\\u0000" not in written
            assert "\\ud800" not in written
            assert "\\u202e" not in written
        are_well_formed(Answer(found), timezone.localdate())
