"""Companies House as a provider: all calls of a question at once, and no more than are worth it."""

import json
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.utils import timezone

from crm.outside.errors import Away, Later, Refused
from crm.outside.models import PaceRow
from enrichment.contract import Answer, Unanswerable
from enrichment.lookups import telling
from enrichment.providers.companies_house import PLACES, PROVIDER
from enrichment.waterfall import PERSON
from tests.ai.vendor import Vendor
from tests.company_facts.answers import NUMBER, PROFILE
from tests.company_facts.test_simulated import filed, first
from tests.providers.questions import answered, are_well_formed, asking, key, of, one, subject
from tests.simulating.firms import near
from tests.simulators import Running
from tests.simulators.truth import Truth

pytestmark = pytest.mark.django_db
PEOPLE = frozenset(PERSON + each for each in PROVIDER.gives_people)


@cache
def readable() -> Truth:
    """A company that has pledged something, whose last accounts are for machines."""

    def is_one(each: Truth) -> bool:
        return filed("ixbrl")(each) and any(not charge.satisfied for charge in each.charges)

    return first(is_one)


def looked_up(about: Truth, **more: Any) -> Answer:
    who = subject(company_number=about.one.number, name=about.one.legal_name)
    return answered(PROVIDER, who, **more)


def calls(vendors: Running) -> int:
    found = [vendors.companies_house, vendors.companies_house_documents]
    return sum(len(each.calls()) for each in found)


def test_all_steps_of_a_question_are_one_answer(vendors: Running) -> None:
    about = readable()

    found = looked_up(about, wants=PROVIDER.gives | PEOPLE)

    assert one(found, "company_number").value == about.one.number
    assert one(found, "employees").value == about.accounts[0].employees
    assert of(found, "charges_outstanding") == [
        sum(not each.satisfied for each in about.charges)
    ]
    assert {each.field for each in found.told if each.about} == PROVIDER.gives_people
    assert {each.field for each in found.told if not each.about} <= PROVIDER.gives
    # The document is asked for by one call, and where it lies by another.
    assert found.quantity == calls(vendors)
    assert found.cost_micros == PROVIDER.charge() == 0
    are_well_formed(found, timezone.localdate())


def test_only_calls_that_are_worth_it_are_made(vendors: Running) -> None:
    found = looked_up(readable(), wants=frozenset({"company_status", "website"}))

    assert of(found, "company_status")
    assert (found.quantity, calls(vendors)) == (1, 1)

    vendors.companies_house.forget()
    found = looked_up(readable(), wants=frozenset({f"{PERSON}officer_role"}))
    assert (found.quantity, calls(vendors)) == (2, 2)
    assert {each.field for each in found.told if each.about} == PROVIDER.gives_people

    vendors.companies_house.forget()
    found = looked_up(readable(), wants=frozenset({"website"}))
    assert (found.told, found.quantity, calls(vendors)) == ([], 0, 0)
    assert found.why_nothing


def test_charges_are_told_with_those_who_lent(vendors: Running) -> None:
    found = looked_up(readable(), wants=frozenset({"lenders", "last_charge_on"}))

    assert of(found, "lenders")
    assert len(one(found, "last_charge_on").value) == len("2026-11-22")


def test_names_that_it_had_before_are_told_and_may_be_the_one_that_is_meant(
    vendors: Running,
) -> None:
    said = PROFILE | {"previous_company_names": [{"name": "KESTREL FABRICATIONS LTD"}]}
    on = timezone.localdate().isoformat()
    kept = {"number": NUMBER, "answers": {"profile": {"on": on, "said": said}}}
    who = subject(company_number=NUMBER, name="Kestrel Fabrications")

    found = answered(PROVIDER, who, kept=kept, wants=frozenset({"previous_names"}))

    assert of(found, "previous_names") == [["Kestrel Fabrications Ltd"]]
    assert (found.quantity, calls(vendors)) == (0, 0)


def test_the_number_of_another_company_tells_nothing(vendors: Running, bundled: None) -> None:
    ours, theirs = [each for each in near() if each.number and each.name != each.legal_name][:2]
    who = subject(company_number=theirs.number, name=ours.legal_name, postcode=ours.postcode)

    found = answered(PROVIDER, who, wants=PROVIDER.gives | PEOPLE)

    assert list(found.told) == []
    assert found.why_nothing.startswith(f"{theirs.number} is ")
    assert calls(vendors) == 1


def test_a_number_that_nobody_has_is_said_to_be_nobodys(vendors: Running) -> None:
    found = answered(PROVIDER, subject(company_number="00000001", name="Nobody"))

    assert list(found.told) == []
    assert found.why_nothing == "Companies House has no company 00000001."


def test_what_was_answered_within_a_day_is_not_asked_again(vendors: Running) -> None:
    before = looked_up(readable(), wants=frozenset({"company_status"}))
    made = calls(vendors)

    found = looked_up(readable(), wants=frozenset({"charges_outstanding"}), kept=before.kept)
    assert (found.quantity, calls(vendors) - made) == (1, 1)
    again = looked_up(readable(), wants=frozenset({"charges_outstanding"}), kept=found.kept)
    assert (again.quantity, calls(vendors) - made) == (0, 1)
    assert again.told == found.told

    later = timezone.localdate() + timedelta(days=2)
    looked_up(readable(), wants=frozenset({"company_status"}), kept=found.kept, today=later)
    assert calls(vendors) - made == 2


@pytest.mark.parametrize(
    "kept",
    [
        {"number": "00000001", "answers": {"profile": {"on": "2026-11-22", "said": {}}}},
        {"answers": 7}, {"number": None, "answers": []}, {"number": [], "answers": {"profile": 1}},
    ],
)  # fmt: skip
def test_what_was_kept_of_somebody_else_or_is_broken_is_not_used(
    vendors: Running, kept: Any
) -> None:
    found = looked_up(readable(), wants=frozenset({"company_status"}), kept=kept)

    assert of(found, "company_status") == ["Active"]
    number = readable().one.number
    broken = {"number": number, "answers": {"profile": [], "officers": {"on": 3}, "x": {}}}
    assert looked_up(readable(), wants=frozenset({"company_status"}), kept=broken).told


def test_whoever_is_shut_out_for_minutes_waits_elsewhere(vendors: Running) -> None:
    about = readable()
    who = subject(company_number=about.one.number, name=about.one.legal_name)
    path = f"/company/{about.one.number}/charges"
    vendors.companies_house.faults.add("429", path=path, seconds=600, times=1)
    question = asking(PROVIDER, who, wants=frozenset({"charges_outstanding"}))
    question = replace(question, key=key("companies_house", "sim-ch-waiting"))

    with pytest.raises(Later):
        PROVIDER.ask(question)


def test_a_few_wait_for_their_turn_and_all_others_have_better_things_to_do(
    vendors: Running,
) -> None:
    about = readable()
    who = subject(company_number=about.one.number, name=about.one.legal_name)
    question = asking(PROVIDER, who, wants=frozenset({"company_status"}))
    looked_up(about, wants=frozenset({"company_status"}))

    def crowd(seconds: float) -> None:
        PaceRow.objects.filter(service="companies_house").update(
            next_at=timezone.now() + timedelta(seconds=seconds)
        )

    with ExitStack() as others:
        while PLACES.acquire(blocking=False):
            others.callback(PLACES.release)
        crowd(0.2)
        with pytest.raises(Later):
            PROVIDER.ask(question)
    crowd(0.2)
    assert isinstance(PROVIDER.ask(question), Answer)


@pytest.mark.parametrize("kind", ["nulls", "other-types", "empty", "wrapped"])
@pytest.mark.parametrize("path", ["", "/officers", "/charges", "/filing-history"])
def test_answers_without_sense_tell_nothing_and_break_nothing(
    vendors: Running, path: str, kind: str
) -> None:
    whole = f"/company/{readable().one.number}{path}"
    vendors.companies_house.faults.add(kind, path=whole, times=1)

    found = looked_up(readable(), wants=PROVIDER.gives | PEOPLE)

    assert bool(found.told) is bool(path)
    are_well_formed(found, timezone.localdate())


def test_what_no_database_holds_is_taken_out(settings: Any) -> None:
    server = Vendor()
    settings.COMPANIES_HOUSE_URL = server.url.removesuffix("/v1")
    said = PROFILE | {"company_name": "ALDER \0& FINCH \ud800JOINERY LTD", "type": "ltd\ud800"}
    server.on(f"GET /company/{NUMBER}", said)
    who = subject(company_number=NUMBER, name="Alder & Finch Joinery")

    theirs = key("companies_house", "sim-ch-signs")
    try:
        found = answered(PROVIDER, who, wants=frozenset({"company_type"}), key=theirs)
    finally:
        server.close()

    assert one(found, "legal_name").value == "Alder & Finch Joinery Ltd"
    written = json.dumps([found.kept, telling.write(found.told)])
    assert "\\u0000" not in written
    assert "\\ud800" not in written


def test_trouble_is_raised_for_whoever_asks(vendors: Running) -> None:
    who = subject(company_number=readable().one.number, name=readable().one.legal_name)
    vendors.companies_house.faults.add("500", times=None)
    with pytest.raises(Away):
        PROVIDER.ask(asking(PROVIDER, who, key=key("companies_house", "sim-ch-away")))
    vendors.companies_house.faults.clear()
    with pytest.raises(Refused):
        PROVIDER.ask(asking(PROVIDER, who, key=key("companies_house", "sim-revoked")))
    with pytest.raises(Unanswerable):
        PROVIDER.ask(asking(PROVIDER, who, key=None))
