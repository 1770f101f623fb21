"""Charges on a company's property, and its insolvency."""

from typing import Any

from tests.simulators.companies.codes import etag, opaque
from tests.simulators.companies.register import Company
from tests.simulators.truth import days, standing
from tests.simulators.truth.standing import Charge


def charges(company: Company) -> dict[str, Any] | None:
    """None when there never was one."""
    found = standing.charges(company.one) if company.one else ()
    if not found:
        return None
    items = [charge(company, each) for each in reversed(found)]
    return {
        "etag": etag(company.number, "charges"),
        "total_count": len(items),
        "unfiltered_count": len(items),
        "satisfied_count": sum(bool(each.satisfied) for each in found),
        "part_satisfied_count": 0,
        "items": items,
    }


def charge(company: Company, given: Charge) -> dict[str, Any]:
    code = opaque(company.number, 500 + given.number, 27)
    filing = f"/company/{company.number}/filing-history/{opaque(company.number, 0, 24)}"
    item: dict[str, Any] = {
        "etag": etag(company.number, "charge", given.number),
        "charge_code": f"{company.number}{given.number:04d}",
        "charge_number": given.number,
        "classification": {"type": "charge-description", "description": "A registered charge"},
        "created_on": given.created,
        "delivered_on": days.later(given.created, 5),
        "status": "fully-satisfied" if given.satisfied else "outstanding",
        "persons_entitled": [{"name": given.lender}],
        "particulars": {"contains_fixed_charge": True, "contains_floating_charge": True},
        "transactions": [
            {
                "filing_type": "create-charge-with-deed",
                "delivered_on": days.later(given.created, 5),
                "links": {"filing": filing},
            }
        ],
        "links": {"self": f"/company/{company.number}/charges/{code}"},
    }
    return item | ({"satisfied_on": given.satisfied} if given.satisfied else {})


def insolvency(company: Company) -> dict[str, Any] | None:
    found = standing.insolvency(company.one) if company.one else None
    if found is None:
        return None
    practitioner = {
        "name": found.practitioner,
        "role": "practitioner",
        "appointed_on": found.day,
        "address": {
            "address_line_1": "Ashdown Recovery, 4 Wharf Street",
            "locality": "Leeds",
            "postal_code": "LS1 4AP",
        },
    }
    case = {
        "type": found.kind,
        "number": "1",
        "dates": [{"type": found.event, "date": found.day}],
        "practitioners": [practitioner],
    }
    return {"etag": etag(company.number, "insolvency"), "cases": [case]}
