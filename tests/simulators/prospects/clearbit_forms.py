"""Companies and people in Clearbit's shape, which Hunter can answer in, too."""

from typing import Any

from tests.simulators.places.listing import international
from tests.simulators.prospects.bands import band
from tests.simulators.prospects.knowledge import founded
from tests.simulators.truth import addresses, mail, presence
from tests.simulators.truth.figures import figure, headcount
from tests.simulators.truth.hearsay import Told
from tests.simulators.truth.roles import filed
from tests.simulators.world import Organisation

INDEXED = "2026-10-18T04:11:20.000Z"
RANKS = {"executive": "executive", "senior": "manager", "junior": None}
ROLES = {"it": "engineering", "management": "leadership", "hr": "human_resources"}
Json = dict[str, Any]


def identity(kind: str, text: str) -> str:
    digits = f"{figure(kind + text):012x}" * 3
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def geo(one: Organisation) -> Json:
    return {
        "streetNumber": None,
        "streetName": None,
        "subPremise": None,
        "streetAddress": one.address or None,
        "city": one.town,
        "postalCode": one.postcode,
        "state": "England",
        "stateCode": None,
        "country": "United Kingdom",
        "countryCode": "GB",
        "lat": one.latitude,
        "lng": one.longitude,
    }


def handle(url: str | None) -> str | None:
    """What stands behind the network's own address."""
    return url.split("/", 3)[3].strip("/@") if url else None


def company(one: Organisation) -> Json:
    networks, size = presence.networks(one), headcount(one)
    return {
        "id": identity("company", one.id),
        "name": one.name,
        "legalName": one.legal_name or None,
        "domain": one.domain,
        "domainAliases": [],
        "site": {
            "phoneNumbers": [international(one.phone)] if one.phone else [],
            "emailAddresses": [one.email, *addresses.departments(one)],
        },
        "category": {
            "sector": None,
            "industryGroup": None,
            "industry": one.words[-1],
            "subIndustry": None,
            "gicsCode": None,
            "sicCode": one.sic_codes[0],
            "naicsCode": None,
        },
        "tags": list(one.words),
        "description": one.what,
        "foundedYear": founded(one),
        "location": f"{one.town}, England, United Kingdom",
        "timeZone": "Europe/London",
        "utcOffset": 0,
        "geo": geo(one),
        "logo": None,
        "facebook": {"handle": handle(networks.get("facebook")), "likes": None},
        "linkedin": {"handle": handle(networks.get("linkedin"))},
        "twitter": {"handle": handle(networks.get("x")), "id": None, "bio": None},
        "crunchbase": {"handle": None},
        "emailProvider": False,
        "type": "private",
        "ticker": None,
        "phone": international(one.phone) or None,
        "metrics": {
            "alexaUsRank": None,
            "alexaGlobalRank": None,
            "trafficRank": "low",
            "employees": size,
            "employeesRange": band(one),
            "marketCap": None,
            "raised": None,
            "annualRevenue": None,
            "estimatedAnnualRevenue": "$1M-$10M" if (size or 0) > 10 else "$0-$1M",
            "fiscalYearEnd": None,
        },
        "indexedAt": INDEXED,
        "tech": technologies(one),
        "techCategories": [],
        "parent": {"domain": None},
        "ultimateParent": {"domain": None},
    }


def technologies(one: Organisation) -> list[str]:
    """Its site's, and what its mail is kept with."""
    names = [presence.site_system(one), *presence.site_tools(one)]
    names.append(presence.MAIL.get(mail.of(one).kind, ""))
    return ["_".join(name.lower().split()) for name in names if name]


def person(one: Organisation, who: Told) -> Json:
    department, rank = filed(who.title)
    profile = presence.linkedin_of(one, who.who.name, who.number)
    return {
        "id": identity("person", f"{one.id}{who.number}"),
        "name": {"fullName": who.name, "givenName": who.first, "familyName": who.last},
        "email": who.email,
        "location": f"{one.town}, England, United Kingdom",
        "timeZone": "Europe/London",
        "utcOffset": 0,
        "geo": {name: geo(one)[name] for name in ("city", "state", "country", "lat", "lng")},
        "bio": None,
        "site": None,
        "avatar": None,
        "employment": {
            "domain": one.domain if who.current else None,
            "name": one.name if who.current else None,
            "title": who.title if who.current else None,
            "role": ROLES.get(department, department) if who.current else None,
            "subRole": None,
            "seniority": RANKS[rank] if who.current else None,
        },
        "facebook": {"handle": None},
        "github": {"handle": None},
        "twitter": {"handle": None},
        "linkedin": {"handle": handle(profile)},
        "googleplus": {"handle": None},
        "gravatar": {"handle": None},
        "fuzzy": False,
        "emailProvider": False,
        "phone": None,
        "indexedAt": INDEXED,
        "activeAt": INDEXED,
        "inactiveAt": None if who.current else f"{who.who.left}T00:00:00.000Z",
    }


def webmail_person(email: str) -> Json:
    """All that is known of somebody with an address at a free provider."""
    words = [word.title() for word in email.partition("@")[0].split(".")]
    return {
        "id": identity("person", email),
        "name": {
            "fullName": " ".join(words),
            "givenName": words[0],
            "familyName": words[-1] if len(words) > 1 else None,
        },
        "email": email,
        "location": None,
        "employment": {"domain": None, "name": None, "title": None, "role": None},
        "linkedin": {"handle": None},
        "emailProvider": True,
        "fuzzy": False,
        "indexedAt": INDEXED,
    }
