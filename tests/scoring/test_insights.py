"""Risks and opportunities come from evidence alone, each with one thing to do next."""

from datetime import date, timedelta
from typing import Any

import pytest

from scoring import insights
from scoring.catalogue import Field, Form
from scoring.evidence import Evidence, Happening
from scoring.insights import Insight, Kind

TODAY = date(2026, 11, 22)
RENEWS = {
    "f_1": Field("f_1", "Contract ends", Form.DAY),
    "f_2": Field("f_2", "Born", Form.DAY),
    "f_3": Field("f_3", "Release of the brochure", Form.DAY),
}
REACHED = {"email": "jo@quay.example", "phone": "+441162345678", "contact_name": "Jo"}


def found(*happened: tuple[str, int], **values: Any) -> list[Insight]:
    happenings = [Happening(kind, TODAY - timedelta(days=ago)) for kind, ago in happened]
    return insights.of(Evidence(values, TODAY, happenings=happenings), RENEWS)


def test_of_what_is_unknown_nothing_is_said() -> None:
    assert found(**REACHED) == []


@pytest.mark.parametrize(
    ("values", "kind", "title"),
    [
        ({"company_status": "dissolved"}, Kind.RISK, "The company is no more"),
        ({"is_insolvent": True}, Kind.RISK, "In insolvency"),
        ({"is_late_with_accounts": True}, Kind.RISK, "Accounts are overdue"),
        ({"net_assets": -5_000}, Kind.RISK, "It owes more than it has"),
        ({"filed_late_share": 0.6}, Kind.RISK, "Often files late"),
        ({"last_charge_on": "2026-10-01"}, Kind.RISK, "Borrowed lately"),
        ({"phone_state": "barred"}, Kind.RISK, "May not be called"),
        ({"email_state": "undeliverable"}, Kind.RISK, "E-mail does not arrive"),
        ({"times_lost": 2}, Kind.RISK, "Was lost before"),
        ({"was_customer": True}, Kind.OPPORTUNITY, "Was a customer"),
        ({"vacancies": ["Driver", "Cook"]}, Kind.OPPORTUNITY, "Hires"),
        ({"appointed_on": "2026-09-01"}, Kind.OPPORTUNITY, "New in the job"),
        ({"incorporated_on": "2025-09-01"}, Kind.OPPORTUNITY, "A young company"),
        ({"accounts_due_on": "2026-12-31"}, Kind.OPPORTUNITY, "Accounts are due soon"),
        ({"site_is_mobile": False}, Kind.OPPORTUNITY, "Website needs work"),
        ({"f_1": "2027-01-01"}, Kind.OPPORTUNITY, "Contract ends"),
    ],
)
def test_what_evidence_shows(values: dict[str, Any], kind: Kind, title: str) -> None:
    (only,) = found(**REACHED | values)
    assert (only.kind, only.title) == (kind, title)
    assert only.why
    assert only.action.endswith(".")


@pytest.mark.parametrize(
    "values",
    [
        {"is_insolvent": False}, {"net_assets": 0}, {"filed_late_share": 0.1},
        {"last_charge_on": "2020-01-01"}, {"appointed_on": "2020-01-01"}, {"times_lost": 0},
        {"accounts_due_on": "2027-06-30"}, {"site_seconds": 0.4}, {"f_2": "2027-01-01"},
        {"f_1": "2026-01-01"}, {"f_3": "2027-01-01"}, {"incorporated_on": "soon"},
        {"net_assets": float("nan")},
    ],
)  # fmt: skip
def test_what_is_well_raises_nothing(values: dict[str, Any]) -> None:
    assert found(**REACHED | values) == []


def test_what_matters_most_stands_first() -> None:
    titles = [each.title for each in found(company_status="dissolved", vacancies=["Driver"])]
    assert titles == ["The company is no more", "No way to reach anybody", "Hires"]


def test_an_answer_waits_for_ours_and_silence_is_a_risk() -> None:
    assert [each.title for each in found(("replied", 3), ("call", 5), **REACHED)] == [
        "They answered"
    ]
    assert found(("replied", 5), ("call", 3), **REACHED) == []
    assert [each.title for each in found(("call", 3), ("call", 30), **REACHED)] == ["Silence"]
