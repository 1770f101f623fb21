"""All that is wrong with a card as it was typed, for which a place must be looked up as well."""

from collections.abc import Mapping
from typing import Any

from crm.places import locate
from crm.places.postcode import NotAPostcode
from crm.tenants.models import Tenant
from leads.scored import catalogue
from scoring import reading
from scoring.problems import Problem, Wrong

MOST_PLACES = 20
WHERE = "Ideal customer"
Place = list[Any]


def problems(tenant: Tenant, written: Mapping[str, Any]) -> list[Problem]:
    """Say all that is wrong with a card."""
    found: list[Problem] = []
    try:
        reading.read(written, catalogue.of(tenant))
    except Wrong as wrong:
        found += wrong.problems
    return found + _of_places(places(written))


def part(written: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give a part of a card, or of a part, as it is written; empty where there is none."""
    found = written.get(name)
    return found if isinstance(found, dict) else {}


def places(written: Mapping[str, Any]) -> list[Place]:
    """Give the ideal customer's places: pairs of a postcode and its point, None for none."""
    rows = part(written, "ideal").get("places")
    return [list(row) for row in rows or () if isinstance(row, list | tuple) and len(row) == 2]


def located(text: str) -> Place:
    """Look a postcode up; what lies nowhere is kept as it was typed."""
    try:
        place = locate.place(text)
    except NotAPostcode:
        return [text.upper(), None]
    return [str(place.postcode), [place.latitude, place.longitude]]


def _of_places(rows: list[Place]) -> list[Problem]:
    if len(rows) > MOST_PLACES:
        return [Problem(WHERE, f"{len(rows)} postcodes are named; {MOST_PLACES} are the most.")]
    return [Problem(WHERE, _trouble(text)) for text, point in rows if point is None]


def _trouble(text: str) -> str:
    try:
        locate.place(str(text))
    except NotAPostcode as error:
        said = str(error)
        return said if str(text) in said else f"“{text}”: {said}"
    return f"{text} has come to be known since: save once more, and it counts."
