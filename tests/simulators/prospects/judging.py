"""What Hunter makes of addresses and of people."""

from typing import Any

from tests.simulators.prospects import hunter_forms as forms
from tests.simulators.prospects.knowledge import Person, figure, persons
from tests.simulators.world import Organisation, Population

WEBMAIL = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.co.uk", "yahoo.co.uk"}
DISPOSABLE = {"mailinator.com", "guerrillamail.com", "throwaway.example"}


def verdict(population: Population, email: str) -> dict[str, Any]:
    """What is known of whether mail to an address would arrive."""
    domain = email.partition("@")[2]
    one = population.by_domain(domain)
    status, score = "invalid", 0
    if domain in WEBMAIL:
        status, score = "webmail", 70
    elif domain in DISPOSABLE:
        status, score = "disposable", 10
    elif one and not one.closed:
        known = {one.email, *(who.email for who in persons(one))}
        if forms.takes_all(one):
            status, score = "accept_all", 60
        elif email in known:
            status, score = "valid", 95
        else:
            status, score = "invalid", 5
    results = {"valid": "deliverable", "invalid": "undeliverable"}
    return {
        "status": status,
        "result": results.get(status, "risky"),
        "_deprecation_notice": "Using result is deprecated, use status instead",
        "score": score,
        "email": email,
        "regexp": True,
        "gibberish": False,
        "disposable": status == "disposable",
        "webmail": status == "webmail",
        "mx_records": bool(one) or score > 0,
        "smtp_server": bool(one) or score > 0,
        "smtp_check": status in ("valid", "accept_all", "webmail"),
        "accept_all": status == "accept_all",
        "block": False,
        "sources": [forms.source(one)] if one and status == "valid" else [],
    }


def objects(email: str) -> bool:
    """One person in sixty has asked to be left out."""
    local = email.partition("@")[0]
    return "." in local and figure("objects" + email) % 60 == 0


def unknown(domain: str) -> dict[str, Any]:
    return {
        "domain": domain,
        "disposable": False,
        "webmail": False,
        "accept_all": False,
        "pattern": None,
        "organization": None,
        "emails": [],
    }


def guess(one: Organisation | None, who: Person | None, first: str, last: str) -> dict[str, Any]:
    """The address of a person, or nulls when there is no telling."""
    return {
        "first_name": first,
        "last_name": last,
        "email": who.email if who else None,
        "score": 60 + figure(who.email) % 40 if who else None,
        "domain": one.domain if one else None,
        "accept_all": forms.takes_all(one) if one else None,
        "position": who.title if who else None,
        "twitter": None,
        "linkedin_url": None,
        "phone_number": None,
        "company": one.name if one else None,
        "sources": [forms.source(one, "about")] if one and who else [],
        "verification": {"date": None, "status": None},
    }
