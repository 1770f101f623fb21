"""Persons with significant control."""

from typing import Any

from tests.simulators.companies.codes import etag, opaque
from tests.simulators.companies.officers import born, letters_to
from tests.simulators.companies.register import Company
from tests.simulators.truth import standing
from tests.simulators.truth.standing import Control

ID = 27


def listed(company: Company, start: int, size: int) -> dict[str, Any] | None:
    """None when nobody is named."""
    found = standing.controllers(company.one) if company.one else ()
    items = [person(company, at, control) for at, control in enumerate(found)]
    if not items:
        return None
    ceased = sum("ceased_on" in item for item in items)
    return {
        "items_per_page": size,
        "items": items[start : start + size],
        "start_index": start,
        "total_results": len(items),
        "active_count": len(items) - ceased,
        "ceased_count": ceased,
        "links": {"self": f"/company/{company.number}/persons-with-significant-control"},
    }


def person(company: Company, at: int, control: Control) -> dict[str, Any]:
    kind = "individual" if control.who else "corporate-entity"
    base = f"/company/{company.number}/persons-with-significant-control"
    shares = f"ownership-of-shares-{control.share}-percent"
    votes = f"voting-rights-{control.share}-percent"
    item: dict[str, Any] = {
        "etag": etag(company.number, "control", at),
        "kind": f"{kind}-person-with-significant-control",
        "natures_of_control": [shares, votes],
        "notified_on": control.notified,
        "links": {"self": f"{base}/{kind}/{opaque(company.number, at, ID)}"},
        "address": company.address,
    }
    if who := control.who:
        elements = {"title": "Mr", "forename": who.first, "surname": who.last}
        if who.middle:
            elements["middle_name"] = who.middle
        item |= {
            "name": " ".join(filter(None, ("Mr", who.first, who.middle, who.last))),
            "name_elements": elements,
            "nationality": "British",
            "country_of_residence": "England",
            "date_of_birth": born(who.name),
            "address": letters_to(company, who),
        }
    else:
        item |= {
            "name": control.company,
            "identification": {
                "legal_form": "Private Limited Company",
                "legal_authority": "Companies Act 2006",
                "country_registered": "England",
                "place_registered": "Companies House",
                "registration_number": f"0{int(etag(control.company)[:6], 16) % 10_000_000:07d}",
            },
        }
    return item | ({"ceased_on": control.ceased} if control.ceased else {})
