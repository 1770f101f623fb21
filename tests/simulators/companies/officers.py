"""The officers of a company, and the appointments of one of them."""

from typing import Any

from tests.simulators.companies.codes import etag, opaque
from tests.simulators.companies.register import Company
from tests.simulators.truth import people
from tests.simulators.truth.people import Someone
from tests.simulators.world import Population
from tests.simulators.world.draw import Draw
from tests.simulators.world.words import STREETS

ID = 27  # characters of an officer's id
SECRETARIES = ("WHARFSIDE SECRETARIES LIMITED", "BELVOIR NOMINEES LIMITED")
ELSEWHERE = 0.2  # of officers: their address for letters is not the company's


def listed(company: Company, start: int, size: int) -> dict[str, Any]:
    items = [officer(company, who) for who in directing(company)]
    items += secretary(company)
    resigned = sum("resigned_on" in item for item in items)
    return {
        "etag": etag(company.number, "officers"),
        "kind": "officer-list",
        "start_index": start,
        "items_per_page": size,
        "total_results": len(items),
        "active_count": len(items) - resigned,
        "resigned_count": resigned,
        "inactive_count": 0,
        "links": {"self": f"/company/{company.number}/officers"},
        "items": items[start : start + size],
    }


def directing(company: Company) -> list[Someone]:
    """Those who direct it now, then those who did."""
    found = [who for who in people.everyone(company.one) if who.directs] if company.one else []
    return sorted(found, key=lambda who: bool(who.left))


def officer(company: Company, who: Someone) -> dict[str, Any]:
    code = opaque(company.number, who.number, ID)
    item = {
        "name": registered_name(who),
        "officer_role": "llp-member" if company.kind == "llp" else "director",
        "appointed_on": who.since,
        "occupation": who.title if who.number % 2 else "Company Director",
        "nationality": "British",
        "country_of_residence": "United Kingdom",
        "date_of_birth": born(who.name),
        "address": letters_to(company, who),
        "links": {
            "self": f"/company/{company.number}/appointments/{code}",
            "officer": {"appointments": f"/officers/{code}/appointments"},
        },
    }
    return item | ({"resigned_on": who.left} if who.left else {})


def secretary(company: Company) -> list[dict[str, Any]]:
    """Some companies have another company for a secretary."""
    draw = Draw("secretary", company.number)
    if company.one is None or company.kind == "llp" or not draw.chance(0.1):
        return []
    name = draw.pick(SECRETARIES)
    code = opaque(company.number, 900, ID)
    identification = {
        "identification_type": "uk-limited-company",
        "registration_number": f"0{3_100_000 + draw.number(900_000)}",
    }
    return [
        {
            "name": name,
            "officer_role": "corporate-secretary",
            "appointed_on": company.created,
            "address": company.address,
            "identification": identification,
            "links": {
                "self": f"/company/{company.number}/appointments/{code}",
                "officer": {"appointments": f"/officers/{code}/appointments"},
            },
        }
    ]


def registered_name(who: Someone) -> str:
    """ "HOLT, Amira Jane"."""
    return f"{who.last.upper()}, {' '.join(filter(None, (who.first, who.middle)))}"


def born(name: str) -> dict[str, int]:
    """Month and year only, as the public register gives them."""
    figure = int(etag(name)[:8], 16)
    return {"month": figure % 12 + 1, "year": 1950 + figure % 45}


def letters_to(company: Company, who: Someone) -> dict[str, str]:
    """Where letters reach them: at the company's office, or in a street of their own."""
    draw = Draw("letters", company.number, who.number)
    if not draw.chance(ELSEWHERE):
        return company.address
    own = {"premises": str(1 + draw.number(180)), "address_line_1": draw.pick(STREETS)}
    kept = ("locality", "postal_code", "country")
    return own | {name: company.address[name] for name in kept if name in company.address}


def appointments(
    company: Company, who: Someone, population: Population, start: int, size: int
) -> dict[str, Any]:
    """Theirs here, and in companies elsewhere for some."""
    draw = Draw("appointments", company.number, who.number)
    items = [appointment(company.number, company.name, company.status, company.address, who)]
    for _ in range(draw.number(3)):
        other = population.at(draw.number(len(population)))
        if other.number and other.number != company.number:
            place = {"locality": other.town, "postal_code": other.postcode}
            name, status = other.legal_name, other.status
            items.append(appointment(other.number, name, status, place, who))
    code = opaque(company.number, who.number, ID)
    return {
        "etag": etag(code),
        "kind": "personal-appointment",
        "is_corporate_officer": False,
        "date_of_birth": born(who.name),
        "name": " ".join(filter(None, (who.first, who.middle, who.last.upper()))),
        "start_index": start,
        "items_per_page": size,
        "total_results": len(items),
        "links": {"self": f"/officers/{code}/appointments"},
        "items": items[start : start + size],
    }


def appointment(
    number: str, name: str, status: str, address: dict[str, str], who: Someone
) -> dict[str, Any]:
    item = {
        "address": address,
        "appointed_on": who.since,
        "appointed_to": {
            "company_name": name,
            "company_number": number,
            "company_status": status,
        },
        "name": " ".join(filter(None, (who.first, who.middle, who.last.upper()))),
        "name_elements": {"forename": who.first, "surname": who.last.upper()},
        "nationality": "British",
        "country_of_residence": "United Kingdom",
        "officer_role": "director",
        "occupation": "Company Director",
        "links": {"company": f"/company/{number}"},
    }
    return item | ({"resigned_on": who.left} if who.left else {})
