"""The JSON that Apollo answers with."""

from typing import Any

from tests.simulators.places.listing import international
from tests.simulators.prospects import apollo_ids as ids
from tests.simulators.prospects.knowledge import founded
from tests.simulators.truth import accounts, mail, presence
from tests.simulators.truth.figures import figure, headcount
from tests.simulators.truth.hearsay import Told
from tests.simulators.truth.roles import APOLLO_DEPARTMENTS, APOLLO_RANKS, filed
from tests.simulators.world import TRADES, Organisation


def organisation(one: Organisation) -> dict[str, Any]:
    """As it stands in a list of search results."""
    phone = international(one.phone)
    plain = phone.replace(" ", "")
    networks = presence.networks(one)
    return {
        "id": ids.of_organisation(one),
        "name": one.name,
        "website_url": f"http://www.{one.domain}",
        "blog_url": None,
        "angellist_url": None,
        "linkedin_url": networks.get("linkedin"),
        "twitter_url": networks.get("x"),
        "facebook_url": networks.get("facebook"),
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
    used = [presence.site_system(one), *presence.site_tools(one)]
    used = [name for name in [*used, presence.MAIL.get(mail.of(one).kind)] if name]
    turnover = sales(one)
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
        "annual_revenue_printed": f"{turnover / 1e6:.1f}M" if turnover else None,
        "annual_revenue": turnover,
        "total_funding": None,
        "total_funding_printed": None,
        "technology_names": used,
        "current_technologies": [
            {"uid": name.lower().replace(" ", "_"), "name": name, "category": "Other"}
            for name in used
        ],
        "account_id": None,
    }


def sales(one: Organisation) -> int | None:
    """An estimate, in dollars: seldom what the accounts say."""
    size = headcount(one)
    last = accounts.latest(one)
    if last and last.turnover:
        return round(last.turnover * 1.3 * (0.6 + figure("sales" + one.id) % 9 / 10), -5)  # type: ignore[return-value]
    return size * 90_000 if size and figure("sales?" + one.id) % 3 == 0 else None


def found(one: Organisation, who: Told) -> dict[str, Any]:
    """A search result: the last name is hidden and there is no address."""
    return {
        "id": ids.of_person(one, who),
        "first_name": who.first,
        "last_name_obfuscated": f"{who.last[:2]}***{who.last[-1]}",
        "title": who.title,
        "last_refreshed_at": "2026-10-05T09:30:00.000+00:00",
        "has_email": bool(who.email),
        "has_city": True,
        "has_state": True,
        "has_country": True,
        "has_direct_phone": (
            "Yes" if who.who.mobile else "Maybe: please request direct dial via people/bulk_match"
        ),
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


def person(one: Organisation, who: Told, shown: bool) -> dict[str, Any]:
    """All that is known of somebody; `shown`: with the address, which costs."""
    department, rank = filed(who.title)
    email = who.email if shown else ""
    return {
        "id": ids.of_person(one, who),
        "first_name": who.first,
        "last_name": who.last,
        "name": who.name,
        "linkedin_url": presence.linkedin_of(one, who.who.name, who.number) or None,
        "title": who.title if who.current else None,
        "email_status": email_status(one, who) if email else "unavailable",
        "photo_url": None,
        "twitter_url": None,
        "github_url": None,
        "facebook_url": None,
        "extrapolated_email_confidence": None,
        "headline": f"{who.title} at {one.name}",
        "email": email or None,
        "organization_id": ids.of_organisation(one) if who.current else None,
        "employment_history": [post(one, who), *before(one, who)],
        "state": "England",
        "city": one.town,
        "country": "United Kingdom",
        "revealed_for_current_team": True,
        "organization": organisation(one) if who.current else None,
        "is_likely_to_engage": figure(who.email) % 3 == 0,
        "show_intent": False,
        "departments": [APOLLO_DEPARTMENTS[department]],
        "subdepartments": [],
        "functions": [department],
        "seniority": APOLLO_RANKS[rank],
    }


def email_status(one: Organisation, who: Told) -> str:
    """What Apollo believes, which for those who have left is out of date."""
    kept = mail.of(one)
    if kept.takes_all or kept.kind in mail.SILENT:
        return "extrapolated"
    return "verified" if "address" not in who.wrong else "guessed"


def post(one: Organisation, who: Told) -> dict[str, Any]:
    code = f"{figure(f'post{one.id}{who.number}'):024x}"
    return {
        "_id": code,
        "id": code,
        "key": code,
        "current": who.current,
        "organization_id": ids.of_organisation(one),
        "organization_name": one.name,
        "title": who.title,
        "start_date": who.who.since,
        "end_date": None if who.current else who.who.left,
        "degree": None,
        "description": None,
        "emails": None,
        "kind": None,
        "raw_address": None,
    }


def before(one: Organisation, who: Told) -> list[dict[str, Any]]:
    """An earlier post elsewhere, for half of them."""
    drawn = figure(f"before{one.id}{who.number}")
    if drawn % 2:
        return []
    year = int(who.who.since[:4])
    earlier = post(one, who) | {
        "current": False,
        "organization_id": None,
        "organization_name": ("Harbour Systems", "Civic Trading", "Lomax & Sons")[drawn % 3],
        "start_date": f"{year - 4}-01-01",
        "end_date": f"{year}-01-01",
    }
    return [earlier]


def phones(one: Organisation, who: Told) -> dict[str, Any]:
    """What a phone enrichment brings for one person."""
    number = who.who.mobile
    plain = f"+44{number.replace(' ', '')[1:]}" if number else ""
    rows = [
        {
            "raw_number": number,
            "sanitized_number": plain,
            "confidence_cd": "high",
            "status_cd": "valid_number",
            "type_cd": "mobile",
            "dnc_status_cd": "not_found",
            "position": 0,
        }
    ]
    return {
        "id": ids.of_person(one, who),
        "status": "success" if number else "not_found",
        "phone_numbers": rows if number else [],
    }
