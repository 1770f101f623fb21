"""The JSON that Apollo answers with."""

from typing import Any

from tests.simulators.places.listing import international
from tests.simulators.prospects.knowledge import Person, figure, founded, headcount
from tests.simulators.world import TRADES, Organisation

FIRST_ID = 0x5E000000


def id_of(one: Organisation) -> str:
    """24 hexadecimal digits, which begin with its place in the world."""
    return f"{FIRST_ID + int(one.id[1:]):08x}{figure('apollo' + one.id):016x}"


def index_of(id_: str) -> int | None:
    try:
        return int(id_[:8], 16) - FIRST_ID
    except ValueError:
        return None


def organisation(one: Organisation) -> dict[str, Any]:
    """As it stands in a list of search results."""
    phone = international(one.phone)
    plain = phone.replace(" ", "")
    return {
        "id": id_of(one),
        "name": one.name,
        "website_url": f"http://www.{one.domain}",
        "blog_url": None,
        "angellist_url": None,
        "linkedin_url": f"http://www.linkedin.example/company/{one.domain.split('.')[0]}",
        "twitter_url": None,
        "facebook_url": None,
        "primary_phone": (
            {"number": phone, "source": "Scraped", "sanitized_number": plain} if phone else {}
        ),
        "languages": ["English"],
        "alexa_ranking": None,
        "phone": phone or None,
        "linkedin_uid": str(figure(one.id) % 90_000_000),
        "founded_year": founded(one),
        "publicly_traded_symbol": None,
        "publicly_traded_exchange": None,
        "logo_url": None,
        "crunchbase_url": None,
        "primary_domain": one.domain,
        "sanitized_phone": plain or None,
        "owned_by_organization_id": None,
        "show_intent": True,
        "has_intent_signal_account": False,
        "intent_signal_account": None,
    }


def enriched(one: Organisation) -> dict[str, Any]:
    """Everything that is known of it."""
    industry = TRADES[one.trade].words[-1]
    return organisation(one) | {
        "industry": industry,
        "industries": [industry],
        "secondary_industries": [],
        "keywords": list(one.words),
        "estimated_num_employees": headcount(one),
        "raw_address": f"{one.address}, {one.town}, England, United Kingdom, {one.postcode}",
        "street_address": one.address,
        "city": one.town,
        "state": "England",
        "postal_code": one.postcode,
        "country": "United Kingdom",
        "seo_description": one.what,
        "short_description": f"{one.name}: {one.what}.",
        "num_suborganizations": 0,
        "suborganizations": [],
        "annual_revenue_printed": None,
        "annual_revenue": None,
        "total_funding": None,
        "total_funding_printed": None,
        "technology_names": [],
        "current_technologies": [],
        "account_id": None,
    }


def person(one: Organisation, who: Person) -> dict[str, Any]:
    """A search result: the last name is hidden and there is no address."""
    return {
        "id": f"{FIRST_ID + int(one.id[1:]):08x}{who.number:02x}{figure(who.email):014x}",
        "first_name": who.first,
        "last_name_obfuscated": f"{who.last[:2]}***{who.last[-1]}",
        "title": who.title,
        "last_refreshed_at": "2026-10-05T09:30:00.000+00:00",
        "has_email": True,
        "has_city": True,
        "has_state": True,
        "has_country": True,
        "has_direct_phone": "Maybe: please request direct dial via people/bulk_match",
        "organization": {
            "name": one.name,
            "has_industry": True,
            "has_phone": bool(one.phone),
            "has_city": True,
            "has_state": True,
            "has_country": True,
            "has_zip_code": True,
            "has_revenue": False,
            "has_employee_count": one.employees is not None,
        },
    }
