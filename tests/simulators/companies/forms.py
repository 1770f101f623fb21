"""The JSON that Companies House answers with."""

from datetime import date, timedelta
from typing import Any

from tests.simulators.companies.codes import etag
from tests.simulators.companies.register import Company
from tests.simulators.truth import accounts, days, standing

MONTHS = "January February March April May June July August September October November December"


def without_empty(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value not in ("", None, [])}


def advanced_item(company: Company) -> dict[str, Any]:
    return without_empty(
        {
            "company_name": company.name,
            "company_number": company.number,
            "company_status": company.status,
            "company_type": company.kind,
            "kind": "search-results#company",
            "links": {"company_profile": f"/company/{company.number}"},
            "date_of_cessation": company.ceased,
            "date_of_creation": company.created,
            "registered_office_address": company.address,
            "sic_codes": list(company.sic_codes),
        }
    )


def search_item(company: Company) -> dict[str, Any]:
    day = date.fromisoformat(company.ceased or company.created)
    verb = "Dissolved" if company.ceased else "Incorporated"
    spoken = f"{verb} on {day.day} {MONTHS.split()[day.month - 1]} {day.year}"
    return without_empty(
        {
            "kind": "searchresults#company",
            "title": company.name,
            "company_number": company.number,
            "company_status": company.status,
            "company_type": company.kind,
            "date_of_creation": company.created,
            "date_of_cessation": company.ceased,
            "address": company.address,
            "address_snippet": ", ".join(company.address.values()),
            "description": f"{company.number} - {spoken}",
            "description_identifier": [f"{verb.lower()}-on"],
            "links": {"self": f"/company/{company.number}"},
        }
    )


def profile(company: Company) -> dict[str, Any]:
    alive = company.status == "active"
    return without_empty(
        {
            "company_name": company.name,
            "company_number": company.number,
            "company_status": company.status,
            "type": company.kind,
            "jurisdiction": jurisdiction(company),
            "date_of_creation": company.created,
            "date_of_cessation": company.ceased,
            "registered_office_address": company.address,
            "sic_codes": list(company.sic_codes),
            "previous_company_names": list(company.previous),
            "accounts": years(company),
            "confirmation_statement": statement(company),
            "can_file": alive,
            "has_been_liquidated": company.status == "liquidation",
            "has_charges": bool(company.one and standing.charges(company.one)),
            "has_insolvency_history": insolvent(company),
            "undeliverable_registered_office_address": False,
            "registered_office_is_in_dispute": False,
            "etag": etag(company.number, company.name),
            "links": links(company),
        }
    )


def insolvent(company: Company) -> bool:
    return company.status in ("liquidation", "administration")


def links(company: Company) -> dict[str, str]:
    """Where to read on: only what there is is named."""
    self_ = f"/company/{company.number}"
    found = {
        "self": self_,
        "officers": f"{self_}/officers",
        "filing_history": f"{self_}/filing-history",
    }
    if company.one and standing.controllers(company.one):
        found["persons_with_significant_control"] = f"{self_}/persons-with-significant-control"
    if company.one and standing.charges(company.one):
        found["charges"] = f"{self_}/charges"
    if company.one and standing.insolvency(company.one):
        found["insolvency"] = f"{self_}/insolvency"
    return found


def years(company: Company) -> dict[str, Any]:
    """When its financial years end, which accounts came last and when the next are due."""
    end = last_year_end(company)
    found: dict[str, Any] = {
        "accounting_reference_date": {"day": end.day, "month": end.month},
        "next_made_up_to": next_year_end(company).isoformat(),
        "overdue": False,
    }
    last = accounts.latest(company.one) if company.one else None
    if company.one is None or last is None:
        return found
    after = accounts.following(last)
    due = accounts.due_after(after).isoformat()
    late = accounts.overdue(company.one)
    return found | {
        "last_accounts": {
            "type": last.kind,
            "made_up_to": last.year_end,
            "period_start_on": last.year_start,
            "period_end_on": last.year_end,
        },
        "next_made_up_to": after.isoformat(),
        "next_due": due,
        "overdue": late,
        "next_accounts": {
            "period_start_on": days.later(last.year_end, 1),
            "period_end_on": after.isoformat(),
            "due_on": due,
            "overdue": late,
        },
    }


def statement(company: Company) -> dict[str, Any] | None:
    """The yearly confirmation on the day of incorporation."""
    if company.ceased:
        return None
    month, day = int(company.created[5:7]), min(28, int(company.created[8:]))
    this = date(date.today().year, month, day)
    next_ = this if this >= date.today() else this.replace(year=this.year + 1)
    found: dict[str, Any] = {
        "next_made_up_to": next_.isoformat(),
        "next_due": (next_ + timedelta(days=14)).isoformat(),
        "overdue": False,
    }
    last = next_.replace(year=next_.year - 1).isoformat()
    return found | ({"last_made_up_to": last} if last > company.created else {})


def jurisdiction(company: Company) -> str:
    return {"SC": "scotland", "NI": "northern-ireland"}.get(company.number[:2], "england-wales")


def last_year_end(company: Company) -> date:
    """The last day of the month of incorporation, last year."""
    month = date.fromisoformat(company.created).month
    year = date.today().year - 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def next_year_end(company: Company) -> date:
    """A year after the last; a young company's first year may be longer."""
    years = 2 if company.created > last_year_end(company).isoformat() else 1
    return last_year_end(company) + timedelta(days=365 * years)
