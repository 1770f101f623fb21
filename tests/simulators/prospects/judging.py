"""What Hunter makes of addresses and of people."""

from typing import Any

from tests.simulators.prospects import hunter_forms as forms
from tests.simulators.truth import addresses, mail
from tests.simulators.truth.figures import figure
from tests.simulators.truth.hearsay import Told
from tests.simulators.world import Organisation, Population

# Hunter's word and score for what is true of an address.
STATUSES = {
    "valid": ("valid", 95),
    "full": ("unknown", 40),
    "gone": ("invalid", 5),
    "nobody": ("invalid", 5),
    "no-mail": ("invalid", 0),
    "accept_all": ("accept_all", 60),
    "unknown": ("unknown", 40),
    "webmail": ("webmail", 70),
    "disposable": ("disposable", 10),
}
MISTAKEN = 25  # one verdict in so many does not hold: closed mailboxes that seem to be there


def verdict(population: Population, email: str) -> dict[str, Any]:
    """What is known of whether mail to an address would arrive."""
    domain = email.partition("@")[2]
    one = population.by_domain(domain)
    state = mail.state(population, email)
    if state == "gone" and figure("hunter is wrong" + email) % MISTAKEN == 0:
        state = "valid"
    if domain in mail.WEBMAIL:
        state = "webmail"
    status, score = STATUSES[state]
    results = {"valid": "deliverable", "invalid": "undeliverable"}
    receives = state not in ("no-mail", "unknown")
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
        "mx_records": receives,
        "smtp_server": receives,
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
        "disposable": domain in mail.DISPOSABLE,
        "webmail": domain in mail.WEBMAIL,
        "accept_all": False,
        "pattern": None,
        "organization": None,
        "emails": [],
    }


def guess(one: Organisation | None, who: Told | None, first: str, last: str) -> dict[str, Any]:
    """The address of a person: known, else made by the domain's pattern, else nulls."""
    email, score = who.email if who else None, 60
    if one and not who and figure(f"guess{one.id}{first}{last}") % 5 < 3:
        email, score = addresses.address(one, first, last) or None, 30
    return {
        "first_name": first,
        "last_name": last,
        "email": email,
        "score": score + figure(email) % 40 if email else None,
        "domain": one.domain if one else None,
        "accept_all": mail.of(one).takes_all if one else None,
        "position": who.title if who else None,
        "twitter": None,
        "linkedin_url": None,
        "phone_number": None,
        "company": one.name if one else None,
        "sources": [forms.source(one, "about", not who.who.left)] if one and who else [],
        "verification": checked(one, who, email),
    }


def checked(one: Organisation | None, who: Told | None, email: str | None) -> dict[str, Any]:
    if one is None or email is None:
        return {"date": None, "status": None}
    return forms.verification(one, email, stale=bool(who and who.who.left))
