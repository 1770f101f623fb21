"""The JSON that Hunter answers with."""

from datetime import date, timedelta
from typing import Any

from tests.simulators.places.listing import international
from tests.simulators.prospects import clearbit_forms
from tests.simulators.prospects.bands import band
from tests.simulators.truth import addresses, mail, presence
from tests.simulators.truth.figures import figure
from tests.simulators.truth.hearsay import Told, told
from tests.simulators.truth.roles import filed
from tests.simulators.world import Organisation

DEPARTMENTS = (
    "executive it finance management sales legal support hr marketing communication education "
    "design health operations"
)
# What Hunter has verified lately, by what is true of the mailbox.
VERIFIED = {"alive": "valid", "full": "unknown", "gone": "invalid"}


def source(one: Organisation, path: str = "contact", still: bool = True) -> dict[str, Any]:
    return {
        "domain": one.domain,
        "uri": f"http://{one.domain}/{path}",
        "extracted_on": "2026-03-02",
        "last_seen_on": "2026-10-18" if still else "2025-02-11",
        "still_on_page": still,
    }


def verification(one: Organisation, email: str, stale: bool = False) -> dict[str, Any]:
    """The last time Hunter looked; of those who have left it looked before they went."""
    kept = mail.of(one)
    if stale:
        return {"date": "2025-01-20", "status": "accept_all" if kept.takes_all else "valid"}
    if kept.kind in mail.SILENT:
        return {"date": None, "status": None}
    status = VERIFIED[mail.mailboxes(one).get(email, "gone")]
    if kept.takes_all:
        status = "accept_all"
    return {"date": "2026-10-18", "status": "invalid" if kept.kind in mail.DEAD else status}


def generic(one: Organisation, email: str = "") -> dict[str, Any]:
    value = email or one.email
    return {
        "value": value,
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
        "verification": verification(one, value),
    }


def personal(one: Organisation, who: Told) -> dict[str, Any]:
    department, seniority = filed(who.title)
    profile = presence.linkedin_of(one, who.who.name, who.number)
    return generic(one) | {
        "value": who.email,
        "type": "personal",
        "confidence": 60 + figure(who.email) % 40,
        "sources": [source(one, "about", still=not who.who.left)],
        "first_name": who.first,
        "last_name": who.last,
        "position": who.title,
        "position_raw": who.title,
        "seniority": seniority,
        "department": department,
        "linkedin": profile or None,
        "phone_number": None,
        "verification": verification(one, who.email, stale=bool(who.who.left)),
    }


def listed(one: Organisation) -> list[dict[str, Any]]:
    """Every address at a domain that Hunter has come across."""
    other = [email for email in addresses.departments(one) if figure(email) % 3]
    return [
        generic(one),
        *(generic(one, email) for email in other),
        *(personal(one, who) for who in told(one, "hunter")),
    ]


def domain_search(one: Organisation, emails: list[dict[str, Any]]) -> dict[str, Any]:
    networks = presence.networks(one)
    return {
        "domain": one.domain,
        "disposable": False,
        "webmail": False,
        "accept_all": mail.of(one).takes_all,
        "pattern": addresses.pattern(one),
        "organization": one.name,
        "description": one.what,
        "industry": one.words[-1],
        "twitter": networks.get("x"),
        "facebook": networks.get("facebook"),
        "linkedin": networks.get("linkedin"),
        "instagram": networks.get("instagram"),
        "youtube": networks.get("youtube"),
        "technologies": clearbit_forms.technologies(one),
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
    counts = counted(listed(one))
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
    """Clearbit's shape but for a few names."""
    networks = presence.networks(one)
    instagram = clearbit_forms.handle(networks.get("instagram"))
    own = {"instagram": {"handle": instagram}, "fundingRounds": []}
    return clearbit_forms.company(one) | own


def person(one: Organisation, who: Told) -> dict[str, Any]:
    provider = presence.MAIL.get(mail.of(one).kind)
    return clearbit_forms.person(one, who) | {"emailProvider": provider}


def reset_date() -> str:
    """The first of next month."""
    return (date.today().replace(day=1) + timedelta(days=32)).replace(day=1).isoformat()
