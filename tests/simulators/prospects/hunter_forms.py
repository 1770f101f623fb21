"""The JSON that Hunter answers with."""

from datetime import date, timedelta
from typing import Any

from tests.simulators.places.listing import international
from tests.simulators.prospects.knowledge import Person, figure, founded, headcount, persons
from tests.simulators.world import Organisation
from tests.simulators.world.words import TITLES

BANDS = ("1-10", "11-50", "51-200", "201-500", "501-1000", "1001-5000", "5001-10000", "10001+")
DEPARTMENTS = (
    "executive it finance management sales legal support hr marketing communication education "
    "design health operations"
)
ROLES = {title: (department, seniority) for title, department, seniority in TITLES}


def band(one: Organisation) -> str | None:
    size = headcount(one)
    if size is None:
        return None
    return next(each for each in BANDS if size <= int(each.rpartition("-")[2].rstrip("+")))


def source(one: Organisation, path: str = "contact") -> dict[str, Any]:
    return {
        "domain": one.domain,
        "uri": f"http://{one.domain}/{path}",
        "extracted_on": "2026-03-02",
        "last_seen_on": "2026-10-18",
        "still_on_page": True,
    }


def generic(one: Organisation) -> dict[str, Any]:
    return {
        "value": one.email,
        "type": "generic",
        "confidence": 96,
        "sources": [source(one)],
        "first_name": None,
        "last_name": None,
        "position": None,
        "position_raw": None,
        "seniority": None,
        "department": None,
        "linkedin": None,
        "twitter": None,
        "phone_number": international(one.phone) or None,
        "verification": {"date": "2026-10-18", "status": "valid"},
    }


def personal(one: Organisation, who: Person) -> dict[str, Any]:
    department, seniority = ROLES[who.title]
    return generic(one) | {
        "value": who.email,
        "type": "personal",
        "confidence": 60 + figure(who.email) % 40,
        "sources": [source(one, "about")],
        "first_name": who.first,
        "last_name": who.last,
        "position": who.title,
        "position_raw": who.title,
        "seniority": seniority,
        "department": department,
        "phone_number": None,
    }


def addresses(one: Organisation) -> list[dict[str, Any]]:
    return [generic(one), *(personal(one, who) for who in persons(one))]


def domain_search(one: Organisation, emails: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "domain": one.domain,
        "disposable": False,
        "webmail": False,
        "accept_all": takes_all(one),
        "pattern": "{first}.{last}",
        "organization": one.name,
        "description": one.what,
        "industry": one.words[-1],
        "twitter": None,
        "facebook": None,
        "linkedin": None,
        "instagram": None,
        "youtube": None,
        "technologies": [],
        "country": "GB",
        "state": "England",
        "city": one.town,
        "postal_code": one.postcode,
        "street": one.address,
        "headcount": band(one),
        "company_type": "privately held",
        "emails": emails,
        "linked_domains": [],
    }


def takes_all(one: Organisation) -> bool:
    """One mail server in nine accepts any address."""
    return figure("all" + one.domain) % 9 == 0


def counted(emails: list[dict[str, Any]]) -> dict[str, Any]:
    people = [email for email in emails if email["type"] == "personal"]
    return {
        "total": len(emails),
        "personal_emails": len(people),
        "generic_emails": len(emails) - len(people),
        "department": {
            name: sum(email["department"] == name for email in people)
            for name in DEPARTMENTS.split()
        },
        "seniority": {
            name: sum(email["seniority"] == name for email in people)
            for name in ("junior", "senior", "executive")
        },
    }


def discovered(one: Organisation) -> dict[str, Any]:
    counts = counted(addresses(one))
    return {
        "domain": one.domain,
        "organization": one.name,
        "industry": one.words[-1],
        "headcount": band(one),
        "country": "GB",
        "emails_count": {
            "total": counts["total"],
            "personal": counts["personal_emails"],
            "generic": counts["generic_emails"],
        },
    }


def company(one: Organisation) -> dict[str, Any]:
    size = headcount(one)
    return {
        "id": f"{figure('hunter' + one.id):032x}",
        "name": one.name,
        "legalName": one.legal_name or None,
        "domain": one.domain,
        "domainAliases": [],
        "site": {
            "phoneNumbers": [international(one.phone)] if one.phone else [],
            "emailAddresses": [one.email],
        },
        "category": {"sector": None, "industry": one.words[-1], "sicCode": one.sic_codes[0]},
        "tags": list(one.words),
        "description": one.what,
        "foundedYear": founded(one),
        "location": f"{one.town}, England, United Kingdom",
        "timeZone": "Europe/London",
        "geo": {
            "streetAddress": one.address,
            "city": one.town,
            "postalCode": one.postcode,
            "state": "England",
            "country": "United Kingdom",
            "countryCode": "GB",
        },
        "phone": international(one.phone) or None,
        "type": "private",
        "metrics": {"employees": size, "employeesRange": band(one)},
        "tech": [],
        "techCategories": [],
        "fundingRounds": [],
    }


def reset_date() -> str:
    """The first of next month."""
    return (date.today().replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
