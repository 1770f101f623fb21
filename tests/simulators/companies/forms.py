"""The JSON that Companies House answers with."""

import hashlib
from datetime import date, timedelta
from typing import Any

from tests.simulators.companies.register import Company

MONTHS = "January February March April May June July August September October November December"


def etag(*parts: object) -> str:
    return hashlib.sha1("|".join(map(str, parts)).encode()).hexdigest()


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
    self_ = f"/company/{company.number}"
    made_up_to = last_year_end(company)
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
            "accounts": {
                "accounting_reference_date": {
                    "day": made_up_to.day,
                    "month": made_up_to.month,
                },
                "next_made_up_to": next_year_end(company).isoformat(),
                "overdue": False,
            },
            "can_file": alive,
            "has_been_liquidated": company.status == "liquidation",
            "has_charges": False,
            "has_insolvency_history": company.status in ("liquidation", "administration"),
            "undeliverable_registered_office_address": False,
            "registered_office_is_in_dispute": False,
            "etag": etag(company.number, company.name),
            "links": {
                "self": self_,
                "officers": f"{self_}/officers",
                "filing_history": f"{self_}/filing-history",
            },
        }
    )


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


def officers(company: Company, start: int, size: int) -> dict[str, Any]:
    items = [
        {
            "name": officer_name(name),
            "officer_role": "llp-member" if company.kind == "llp" else "director",
            "appointed_on": company.created,
            "occupation": title,
            "nationality": "British",
            "country_of_residence": "United Kingdom",
            "date_of_birth": born(name),
            "address": company.address,
            "links": {
                "self": f"/company/{company.number}/appointments/{etag(name)[:27]}",
                "officer": {"appointments": f"/officers/{etag(name)[:27]}/appointments"},
            },
        }
        for name, title in company.officers
    ]
    return {
        "etag": etag(company.number, "officers"),
        "kind": "officer-list",
        "start_index": start,
        "items_per_page": size,
        "total_results": len(items),
        "active_count": len(items),
        "resigned_count": 0,
        "inactive_count": 0,
        "links": {"self": f"/company/{company.number}/officers"},
        "items": items[start : start + size],
    }


def officer_name(name: str) -> str:
    given, _, surname = name.rpartition(" ")
    return f"{surname.upper()}, {given}"


def born(name: str) -> dict[str, int]:
    """Month and year only, as the public register gives them."""
    figure = int(etag(name)[:8], 16)
    return {"month": figure % 12 + 1, "year": 1950 + figure % 45}


def filings(company: Company, start: int, size: int, categories: set[str]) -> dict[str, Any]:
    items = [
        item for item in all_filings(company) if not categories or item["category"] in categories
    ]
    return {
        "etag": etag(company.number, "filings"),
        "kind": "filing-history",
        "filing_history_status": "filing-history-available",
        "start_index": start,
        "items_per_page": size,
        "total_count": len(items),
        "items": items[start : start + size],
    }


def all_filings(company: Company) -> list[dict[str, Any]]:
    """The last accounts and the incorporation."""
    found = [filing(company, "incorporation", "NEWINC", "incorporation-company", company.created)]
    year_end = last_year_end(company).isoformat()
    if company.created < year_end and not company.ceased:
        told = "accounts-with-accounts-type-micro-entity"
        found.insert(0, filing(company, "accounts", "AA", told, year_end))
    return found


def filing(
    company: Company, category: str, kind: str, description: str, day: str
) -> dict[str, Any]:
    number = etag(company.number, kind)[:20]
    return {
        "transaction_id": number,
        "category": category,
        "type": kind,
        "description": description,
        "date": day,
        "links": {"self": f"/company/{company.number}/filing-history/{number}"},
    }
