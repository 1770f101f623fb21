"""What a company's profile tells."""

from datetime import date
from typing import Any

import pytest

from enrichment.told import Told
from tests.company_facts.answers import NUMBER, PROFILE, outcome, tells, with_profile
from tests.company_facts.looking import one

PAGE = f"https://find-and-update.company-information.service.gov.uk/company/{NUMBER}"


def office(**parts: str) -> dict[str, Any]:
    return tells(with_profile(PROFILE | {"registered_office_address": parts}))


def test_a_profile_is_told_in_words_with_what_proves_it() -> None:
    assert tells(with_profile()) == {
        "legal_name": "Alder & Finch Joinery Limited",
        "company_number": NUMBER,
        "company_status": "Active",
        "company_type": "Private limited company",
        "incorporated_on": "2014-03-25",
        "sic_codes": ["43320", "16230"],
        "address": "71 New Dover Road, Canterbury",
        "postcode": "CT1 3DZ",
        "accounts_type": "Micro entity",
        "accounts_made_up_to": "2025-03-31",
        "accounts_due_on": "2026-12-31",
        "is_late_with_accounts": False,
        "is_late_with_confirmation": True,
        "is_insolvent": False,
        "charges_outstanding": 0,
    }
    assert one(outcome(with_profile()), "company_type") == Told(
        "company_type", "Private limited company", "register", PAGE, "ltd", date(2026, 11, 22)
    )


@pytest.mark.parametrize(
    ("status", "detail", "words"),
    [
        ("active", "active-proposal-to-strike-off", "Active, proposal to strike off"),
        ("administration", "", "In administration"),
        ("dissolved", "petition-to-restore-dissolved", "Dissolved, petition to restore"),
        ("active", "who-knows", "Active"),
    ],
)
def test_a_status_is_told_with_what_is_about_to_change(
    status: str, detail: str, words: str
) -> None:
    said = PROFILE | {"company_status": status, "company_status_detail": detail}

    assert tells(with_profile(said))["company_status"] == words


@pytest.mark.parametrize(
    ("status", "history", "told"),
    [
        ("active", False, [False]), ("active", True, []), ("active", None, []),
        ("liquidation", False, [True]), ("liquidation", True, []),
        ("administration", True, [True]), ("receivership", None, [True]), ("dissolved", False, []),
    ],
)  # fmt: skip
def test_insolvency_is_told_where_the_profile_alone_decides(
    status: str, history: bool | None, told: list[bool]
) -> None:
    said = PROFILE | {"company_status": status, "has_insolvency_history": history}
    found = outcome(with_profile(said)).told

    assert [each.value for each in found if each.field == "is_insolvent"] == told


def test_an_address_is_one_line_without_what_is_said_elsewhere() -> None:
    told = office(
        care_of="HART & CO", po_box="12", premises="Unit 4", address_line_1="WHARF STREET",
        address_line_2="Newark", locality="LEICESTER", region="Leicestershire",
        postal_code="LE1 1AA",
    )  # fmt: skip
    assert told["address"] == "c/o Hart & Co, PO Box 12, Unit 4 Wharf Street, Newark, Leicester"

    told = office(premises="Victoria Court", address_line_1="Ashford Road", locality="Maidstone")
    assert told["address"] == "Victoria Court, Ashford Road, Maidstone"
    assert "postcode" not in told


@pytest.mark.parametrize(
    "change",
    [
        {"undeliverable_registered_office_address": True},
        {"registered_office_is_in_dispute": True},
        {"registered_office_address": {
            "address_line_1": "PO Box 4385", "address_line_2": "07310390 - COMPANIES HOUSE DEFAULT"
            " ADDRESS", "locality": "Cardiff", "postal_code": "CF14 8LH"}},
    ],
)  # fmt: skip
def test_an_office_that_is_none_is_not_told(change: dict[str, Any]) -> None:
    told = tells(with_profile(PROFILE | change))

    assert not {"address", "postcode"} & set(told)
    assert told["company_status"] == "Active"


def test_an_older_form_of_the_answer_is_read_too() -> None:
    accounts = {
        "next_due": "2021-03-31", "overdue": True, "last_accounts": {"period_end_on": "2019-03-31"},
    }  # fmt: skip
    told = tells(with_profile(PROFILE | {"accounts": accounts}))

    assert told["accounts_made_up_to"] == "2019-03-31"
    assert told["accounts_due_on"] == "2021-03-31"
    assert told["is_late_with_accounts"] is True
    assert "accounts_type" not in told
