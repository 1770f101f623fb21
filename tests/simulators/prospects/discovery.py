"""Hunter's discovery of companies: its filters, as they are checked and applied."""

from collections.abc import Iterator
from typing import Any

from tests.simulators.prospects.bands import BANDS, band
from tests.simulators.prospects.knowledge import Knowledge, founded
from tests.simulators.world import Organisation, place

FILTERS = {
    *("query", "organization", "similar_to", "headquarters_location", "industry", "headcount"),
    *("company_type", "year_founded", "keywords", "technology", "funding", "limit", "offset"),
}


def wrong(given: dict[str, Any]) -> str:
    """What is the matter with the filters; "" when nothing is."""
    if strange := sorted(set(given) - FILTERS):
        return f"Unknown filters: {', '.join(strange)}"
    if not set(given) - {"limit", "offset"}:
        return "You need to give a query or at least one filter"
    if (
        not 1 <= int(given.get("limit", 100)) <= 100
        or not 0 <= int(given.get("offset", 0)) <= 10_000
    ):
        return "The limit must be between 1 and 100, the offset at most 10000"
    if strange := [size for size in given.get("headcount", []) if size not in BANDS]:
        return f"Unknown headcount: {strange[0]}"
    return ""


def found(knowledge: Knowledge, given: dict[str, Any]) -> list[Organisation]:
    if domains := given.get("organization", {}).get("domain"):
        return [one for each in domains if (one := knowledge.of_domain(each))]
    if names := given.get("organization", {}).get("name"):
        return [one for each in names if (one := knowledge.of_name(each)) and one]
    where, words = list(places(given)), list(trades(given))
    return [one for one in knowledge.search(where, words, bool(where)) if fits(one, given)]


def places(given: dict[str, Any]) -> Iterator[str]:
    """Cities, else countries, of the headquarters; the place that a query names."""
    include = given.get("headquarters_location", {}).get("include", [])
    for part in include if isinstance(include, list) else [include]:
        for name in ("city", "state", "country"):
            if value := part.get(name):
                yield from [value] if isinstance(value, str) else value
                break
    if spot := place(given.get("query", "")):
        yield spot.name


def trades(given: dict[str, Any]) -> Iterator[str]:
    for name in ("industry", "keywords"):
        yield from given.get(name, {}).get("include", [])
    if query := given.get("query"):
        yield query


def fits(one: Organisation, given: dict[str, Any]) -> bool:
    if (sizes := given.get("headcount")) and band(one) not in sizes:
        return False
    years, year = given.get("year_founded") or {}, founded(one)
    if years and (year is None or not years.get("min", 0) <= year <= years.get("max", 9999)):
        return False
    unwanted = [word.lower() for word in given.get("keywords", {}).get("exclude", [])]
    return not any(word in one.words for word in unwanted)
