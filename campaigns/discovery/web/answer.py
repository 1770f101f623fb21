"""What an answer tells of, read with caution: nothing in it is believed before it is checked."""

from collections.abc import Mapping
from typing import Any

from campaigns.discovery.live import Seen
from campaigns.discovery.plain import text
from crm.ai.ai import Told
from crm.places.postcode import NotAPostcode, parse
from crm.registers import names
from leads.identity.candidate import Candidate

# More than were asked for are read, and no more than anybody could have proven.
MOST_READ = 60
TEXT: dict[str, Any] = {"type": ["string", "null"]}
FIELDS: dict[str, Any] = {
    "name": {"type": "string"},
    "website": TEXT,
    "address": TEXT,
    "town": TEXT,
    "postcode": TEXT,
    "phone": TEXT,
    "email": TEXT,
    "company_number": TEXT,
    "employees": {"type": ["integer", "null"]},
    "what_they_do": TEXT,
    "why": TEXT,
    "source_urls": {"type": "array", "items": {"type": "string"}},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["organisations"],
    "properties": {
        "organisations": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": list(FIELDS),
                "properties": FIELDS,
            },
        }
    },
}


def read(told: Told) -> list[Seen]:
    """Give the organisations of an answer, each once, with those of its pages that were read."""
    rows = told.data.get("organisations") or []
    seen: dict[str, Seen] = {}
    for row in rows[:MOST_READ]:
        one = _seen(row, told) if isinstance(row, dict) else None
        if one is not None:
            seen.setdefault(one.key, one)
    return list(seen.values())


def _seen(row: Mapping[str, Any], told: Told) -> Seen | None:
    name = _text(row, "name", 300)
    if not names.name_key(name):
        return None
    urls = row.get("source_urls")
    pages = [told.page(url) for url in urls if isinstance(url, str)] if urls else []
    employees = row.get("employees")
    candidate = Candidate(
        name=name,
        source="openai_web",
        address=_text(row, "address", 500),
        town=_text(row, "town", 100),
        postcode=_postcode(row),
        phone=_text(row, "phone", 40),
        website=_web(_text(row, "website", 200)),
        email=_text(row, "email", 254),
        company_number=_text(row, "company_number", 12),
        employees=employees if isinstance(employees, int) and 0 < employees < 10**7 else None,
    )
    where = candidate.postcode or candidate.website or candidate.town
    key = f"{names.name_key(name)}|{where}".casefold()[:200]
    return Seen(candidate, key, tuple(dict.fromkeys(page for page in pages if page)))


def _text(row: Mapping[str, Any], field: str, most: int) -> str:
    return text(row.get(field), most)


def _postcode(row: Mapping[str, Any]) -> str:
    said = _text(row, "postcode", 12)
    try:
        return parse(said).text if said else ""
    except NotAPostcode:
        # The checks say what is wrong with it.
        return said


def _web(said: str) -> str:
    """Give an address that can be visited, also where the model left out how."""
    if not said or any(sign in said for sign in " \t\n<>\"'"):
        return ""
    return said if "://" in said else f"https://{said}"
