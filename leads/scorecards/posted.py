"""Reads the editor's form into a card as it is written; what is no number is kept as it was typed.

The rules are not in it: each has a form of its own.
"""

import csv
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from leads.scorecards import checking
from leads.scorecards.differences import SOURCES, WORTH
from scoring.card import FACTORS, GRADES, GROUPS, Ideal
from scoring.points import GIVEN
from scoring.reading import LONGEST_NAME, MOST_SIZES

# One more than can be, so that what is too much is told rather than cut.
MOST_LISTED = 61
MOST_WEIGHTS = 40
LONGEST_NUMBER, LONGEST_LIST = 20, 8_000
Number = int | str


def read(data: QueryDict, was: Mapping[str, Any]) -> dict[str, Any]:
    """Give the card with what was typed; `was` is the card that it is typed into."""
    return {
        "tiers": {name: _number(data, name) for name in ("hot", "warm")},
        "groups": [
            {"slug": slug, "label": label, "cap": _number(data, f"cap_{slug}")}
            for slug, label, _, _ in GROUPS
        ],
        "given": {slug: _number(data, f"given_{slug}") for slug in GIVEN},
        "sources": {slug: _number(data, f"source_{slug}") for slug in SOURCES},
        "industries": {
            "high": _worth(data, "high", was),
            "medium": _worth(data, "medium", was),
            "points": [_number(data, f"worth_{name}") for name in WORTH],
        },
        "sizes": list(_sizes(data)),
        "semantic": _number(data, "semantic"),
        "rules": was.get("rules", []),
        "weights": _weights(data),
        "grades": {name: _number(data, f"grade_{name}") for name in GRADES},
        "ideal": _ideal(data, was),
    }


def _number(data: QueryDict, name: str) -> Number:
    return number(data.get(name, ""))


def number(text: str) -> Number:
    """Read a whole number; anything else is given back as it stands, cut to a bearable length."""
    plain = text.strip()[:LONGEST_NUMBER]
    try:
        return int(plain.replace(",", ""))
    except ValueError:
        return plain


def _worth(data: QueryDict, name: str, was: Mapping[str, Any]) -> list[str]:
    found = [
        key.removeprefix("industry_")[:LONGEST_NAME]
        for key, value in data.items()
        if key.startswith("industry_") and value == name
    ]
    return _as_before(found[:MOST_LISTED], checking.part(was, "industries"), name)


def _as_before(found: list[str], was: Mapping[str, Any], name: str) -> list[str]:
    """Keep the order in which they stood: the form sorts them, which is no change."""
    stood = {each: place for place, each in enumerate(was.get(name) or ())}
    return sorted(found, key=lambda each: stood.get(each, len(stood)))


def _sizes(data: QueryDict) -> Iterable[list[Any]]:
    for place in range(MOST_SIZES + 1):
        parts = [data.get(f"size_{place}_{name}", "").strip() for name in ("least", "points")]
        name = " ".join(data.get(f"size_{place}_name", "").split())[:LONGEST_NAME]
        if any((*parts, name)):
            yield [*map(number, parts), name]


def _weights(data: QueryDict) -> dict[str, dict[str, Number]]:
    found: dict[str, dict[str, Number]] = {}
    for place in range(MOST_WEIGHTS + 1):
        industry = data.get(f"weights_{place}")
        if industry is not None:
            row = {slug: _number(data, f"weight_{place}_{slug}") for slug in FACTORS}
            found[industry[:LONGEST_NAME]] = row
    return found


def _ideal(data: QueryDict, was: Mapping[str, Any]) -> dict[str, Any]:
    held = checking.part(was, "ideal")
    industries = [each[:LONGEST_NAME] for each in data.getlist("ideal_industry")[:MOST_LISTED]]
    found = {
        # The form asks for none: closeness has its own. Those of an earlier draft stay.
        "words": held.get("words", ""),
        "industries": _as_before(industries, held, "industries"),
        "least_employees": _number(data, "ideal_least"),
        "most_employees": _number(data, "ideal_most"),
        "places": _places(data.get("ideal_places", ""), was),
        "miles": _number(data, "ideal_miles"),
        "jobs": listed(data.get("ideal_jobs", "")),
        "technologies": listed(data.get("ideal_technologies", "")),
        "value": _number(data, "ideal_value"),
    }
    if found["miles"] == Ideal.miles:
        del found["miles"]
    return {name: value for name, value in found.items() if value not in ("", [])}


def _places(text: str, was: Mapping[str, Any]) -> list[checking.Place]:
    known = {str(row[0]): row for row in checking.places(was) if row[1] is not None}
    typed = [each[:12] for each in listed(text)][: checking.MOST_PLACES + 1]
    found = [known.get(each.upper()) or checking.located(each) for each in typed]
    return list({str(row[0]): row for row in found}.values())


def listed(text: str, most: int = MOST_LISTED) -> list[str]:
    """Read values with commas or line ends between; one in quotation marks may hold a comma."""
    lines = text[:LONGEST_LIST].replace("\0", "").splitlines()
    found: list[str] = []
    try:
        for row in csv.reader(lines, skipinitialspace=True):
            found += [" ".join(each.split())[:LONGEST_NAME] for each in row]
    except csv.Error:
        found = [" ".join(each.split())[:LONGEST_NAME] for each in text[:LONGEST_LIST].split(",")]
    return list(dict.fromkeys(filter(None, found)))[:most]


def joined(values: Iterable[Any]) -> str:
    """Write values as `listed` reads them."""
    texts = (str(each) for each in values)
    return ", ".join(f'"{each}"' if "," in each else each for each in texts)
