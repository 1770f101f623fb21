"""The local copy of the register as a provider: at once, free, and of nobody else."""

from datetime import date

import pytest

from crm.registers.models import Load, Register, RegisterEntry
from enrichment.providers.register import PROVIDER
from tests.providers.questions import answered, of, subject

pytestmark = pytest.mark.django_db
NUMBER = "ZZ310390"


@pytest.fixture
def entry(bundled: None, db: None) -> RegisterEntry:
    register = Register.objects.get(slug="companies_house")
    load = Load.objects.create(register=register.slug, state="done", as_of=date(2026, 11, 1))
    facts = {"legal_form": "Private Limited Company", "accounts": "Micro entity",
             "accounts_made_up": "2025-03-31", "accounts_due": "2026-12-31",
             "charges_outstanding": 2, "status": "Active"}  # fmt: skip
    return RegisterEntry.objects.create(
        register=register, number=NUMBER, name="Alder & Finch Joinery Limited",
        name_key="alder and finch joinery", trade="43320", address="71 New Dover Road",
        town="Canterbury", postcode="CT1 3DZ", status="active", opened_date=date(2014, 3, 25),
        facts=facts, came_with=load, site_key="",
    )  # fmt: skip


def test_what_the_register_has_is_told(entry: RegisterEntry) -> None:
    found = answered(PROVIDER, subject(company_number=f" {NUMBER.lower()}", name="Alder & Finch"))

    assert of(found, "company_status") == ["Active"]
    assert of(found, "charges_outstanding") == [2]
    assert {each.field for each in found.told} <= PROVIDER.gives
    assert {each.way for each in found.told} == {"register"}


def test_a_number_that_nobody_has_is_a_miss(bundled: None) -> None:
    found = answered(PROVIDER, subject(company_number="ZZ999999", name="Alder & Finch"))

    assert list(found.told) == []
    assert found.why_nothing == "No register here lists the company ZZ999999."


def test_the_number_of_another_company_tells_nothing(entry: RegisterEntry) -> None:
    found = answered(
        PROVIDER, subject(company_number=NUMBER, name="Kestrel Fabrications", postcode="LE1 1AA")
    )

    assert list(found.told) == []
    assert "which is not “Kestrel Fabrications”" in found.why_nothing


def test_any_name_and_any_place_that_is_known_will_do(entry: RegisterEntry) -> None:
    by_place = subject(company_number=NUMBER, name="The Oak Room", postcode=["LE1 1AA", "CT1 3DZ"])
    by_name = subject(
        company_number=NUMBER, name="The Oak Room", legal_name="Alder and Finch Joinery Ltd"
    )

    assert answered(PROVIDER, by_place).told
    assert answered(PROVIDER, by_name).told


def test_a_question_is_named_by_the_number_and_by_whom_it_is_asked_of() -> None:
    ours = PROVIDER.about(subject(company_number="7310390", name="Alder & Finch Ltd"))

    assert ours == "07310390 alder and finch"
    assert ours == PROVIDER.about(subject(company_number="07310390", name="ALDER AND FINCH"))
    # Whoever has the number by mistake does not get the answer that others were given.
    assert ours != PROVIDER.about(subject(company_number="07310390", name="Kestrel"))


@pytest.mark.parametrize("number", ["", "none", "0", "123456789012", "07310390; DROP", 7, None])
def test_what_is_no_number_is_not_asked_about(number: object) -> None:
    assert PROVIDER.about(subject(company_number=number, name="Alder")) == ""
    assert PROVIDER.about(subject(name="Alder")) == ""
