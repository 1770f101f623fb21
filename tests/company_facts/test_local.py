"""What the register in our own database tells, without a key."""

from datetime import date
from typing import Any

import pytest

from crm.registers.models import Load, Register, RegisterEntry
from enrichment.companies_house import local
from enrichment.companies_house.fitting import Subject
from tests.company_facts.looking import one

pytestmark = pytest.mark.django_db
NUMBER = "ZZ310390"


@pytest.fixture
def entry(bundled: None, db: None) -> RegisterEntry:
    register = Register.objects.get(slug="companies_house")
    load = Load.objects.create(register=register.slug, state="done", as_of=date(2026, 11, 1))
    facts: dict[str, Any] = {
        "legal_form": "Private Limited Company", "accounts": "Micro entity",
        "accounts_made_up": "2025-03-31", "accounts_due": "2012-12-31", "charges_outstanding": 2,
        "status": "Active - Proposal to Strike off",
        "former_names": [{"name": "LONDON & KENT ESTATES LIMITED", "until": "2020-04-20"}],
    }  # fmt: skip
    return RegisterEntry.objects.create(
        register=register, number=NUMBER, name="Alder & Finch Joinery Limited",
        name_key="alder and finch joinery", trade="43320", more_trades=["16230", "joiner"],
        address="71 New Dover Road", town="Canterbury", postcode="CT1 3DZ", status="active",
        opened_date=date(2014, 3, 25), facts=facts, came_with=load, site_key="",
    )  # fmt: skip


def test_an_entry_is_found_by_its_number_once_its_file_is_in_whole(entry: RegisterEntry) -> None:
    assert local.find(NUMBER) == entry
    assert local.find("ZZ000000") is None

    Load.objects.update(state="running")
    assert local.find(NUMBER) is None


def test_an_entry_is_told_as_of_the_day_of_its_file(entry: RegisterEntry) -> None:
    found = local.told(Subject(NUMBER, "Alder & Finch Joinery"), entry)

    assert {each.field: each.value for each in found.told} == {
        "legal_name": "Alder & Finch Joinery Limited",
        "company_number": NUMBER,
        "company_status": "Active, proposal to strike off",
        "company_type": "Private limited company",
        "incorporated_on": "2014-03-25",
        "sic_codes": ["43320", "16230"],
        "address": "71 New Dover Road, Canterbury",
        "postcode": "CT1 3DZ",
        "accounts_type": "Micro entity",
        "accounts_made_up_to": "2025-03-31",
        "accounts_due_on": "2012-12-31",
        "is_late_with_accounts": True,
        "charges_outstanding": 2,
    }
    assert {each.as_of for each in found.told} == {entry.register.as_of}
    assert {each.way for each in found.told} == {"register"}


def test_one_that_is_listed_no_more_is_as_old_as_the_last_file_that_listed_it(
    entry: RegisterEntry,
) -> None:
    entry.last_seen, entry.status, entry.facts = date(2015, 1, 1), "closed", None

    found = local.told(Subject(NUMBER), entry)

    assert one(found, "company_status").value == "Dissolved"
    assert one(found, "company_status").as_of == date(2015, 1, 1)


def test_an_entry_of_another_company_tells_nothing(entry: RegisterEntry) -> None:
    found = local.told(Subject(NUMBER, "PFB Hire", "LE1 1AA"), entry)

    assert found.told == []
    assert "which is not “PFB Hire”" in found.untold[0]
    assert local.told(Subject(NUMBER, "London & Kent Estates"), entry).untold == []
