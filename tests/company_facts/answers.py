"""Answers of Companies House, written down as a lookup keeps them."""

from typing import Any

from enrichment.companies_house import fitting, steps
from enrichment.companies_house.fitting import Subject
from enrichment.companies_house.steps import Outcome
from tests.company_facts.looking import anybody

NUMBER = "07310390"
ON = "2026-11-22"
WHO = Subject(NUMBER)
PROFILE: dict[str, Any] = {
    "company_name": "ALDER & FINCH JOINERY LIMITED",
    "company_number": NUMBER,
    "company_status": "active",
    "type": "ltd",
    "date_of_creation": "2014-03-25",
    "sic_codes": ["43320", "16230"],
    "registered_office_address": {
        "premises": "71",
        "address_line_1": "New Dover Road",
        "locality": "Canterbury",
        "postal_code": "ct13dz",
        "country": "England",
    },
    "accounts": {
        "overdue": False,
        "last_accounts": {"type": "micro-entity", "made_up_to": "2025-03-31"},
        "next_accounts": {"due_on": "2026-12-31", "overdue": False},
    },
    "confirmation_statement": {"overdue": True},
    "has_charges": False,
    "has_insolvency_history": False,
    "links": {"self": f"/company/{NUMBER}"},
}


def kept(said: Any) -> dict[str, Any]:
    return {"on": ON, "said": said}


def with_profile(said: Any = None, /, **others: Any) -> dict[str, Any]:
    """The answers of a lookup, by the slugs of its steps."""
    profile = PROFILE if said is None else said
    return {"profile": kept(profile), **{slug: kept(each) for slug, each in others.items()}}


def outcome(answers: dict[str, Any], judge: fitting.Judge = anybody) -> Outcome:
    return steps.told(WHO, answers, judge)


def tells(answers: dict[str, Any]) -> dict[str, Any]:
    """What is told of the organisation, by field."""
    return {each.field: each.value for each in outcome(answers).told if not each.about}
