"""The model fills whatever schema it is given, by the names of its properties."""

from typing import Any

import pytest

from tests.simulating.asking import TEXT_OR_NULL, strict
from tests.simulators.model.facts import Finding, asked
from tests.simulators.model.filling import Answer, Filling

FERN = Finding(
    {
        "name": "Fern IT",
        "website": "http://fern.example",
        "domain": "fern.example",
        "postcode": "LE1 1AA",
        "address": "1 High Street",
        "town": "Leicester",
        "number": "01234567",
        "what": "Managed IT support",
        "why": "Managed IT support; based in Leicester.",
        "employees": "10-19",
        "confidence": 0.8,
        "sources": ["http://fern.example/", "http://fern.example/contact"],
        "verdict": True,
    }
)
ASH = Finding({"name": "Ash Systems", "sources": [], "verdict": False})
BOTH = Answer([FERN, ASH], "2 found.", "Leicester", ["it support leicester"], more=True)


def fill(schema: dict[str, Any], answer: Answer = BOTH) -> Any:
    return Filling(schema, answer).value()


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("name", "name"), ("company_name", "name"), ("organisationName", "name"),
        ("tradingName", "name"), ("registered_name", "legal_name"),
        ("company_number", "number"), ("companies_house_number", "number"),
        ("registrationNumber", "number"), ("phone_number", "phone"), ("telephone", "phone"),
        ("post_code", "postcode"), ("Postcode", "postcode"), ("url", "website"),
        ("website_url", "website"), ("domain", "domain"), ("city", "town"),
        ("what_they_do", "what"), ("description", "what"), ("why_it_fits", "why"),
        ("reason", "why"), ("source_urls", "sources"), ("found_on", "sources"),
        ("pages", "sources"), ("employee_count", "employees"), ("confidence", "confidence"),
        ("email_address", "email"), ("shoe_colour", ""),
    ],
)  # fmt: skip
def test_a_name_tells_which_fact_is_asked_for(name: str, fact: str) -> None:
    assert asked(name) == fact


def test_a_list_of_organisations_is_filled_with_all_of_them() -> None:
    item = strict(name={"type": "string"}, postcode=TEXT_OR_NULL, lucky_day={"type": "integer"})

    filled = fill(strict(results={"type": "array", "items": item}))

    assert filled == {
        "results": [
            {"name": "Fern IT", "postcode": "LE1 1AA", "lucky_day": 0},
            {"name": "Ash Systems", "postcode": None, "lucky_day": 0},
        ]
    }


def test_values_beside_the_list_speak_of_the_whole() -> None:
    item = strict(name={"type": "string"})
    schema = strict(
        organisations={"type": "array", "items": item},
        total={"type": "integer"},
        more_available={"type": "boolean"},
        exhausted={"type": "boolean"},
        notes={"type": "string"},
        search_queries={"type": "array", "items": {"type": "string"}},
    )

    filled = fill(schema)

    assert (filled["total"], filled["more_available"], filled["exhausted"]) == (2, True, False)
    assert filled["notes"] == "2 found."
    assert filled["search_queries"] == ["it support leicester"]


def test_a_schema_for_one_organisation_is_filled_with_the_first() -> None:
    place = strict(street=TEXT_OR_NULL, postcode=TEXT_OR_NULL)

    filled = fill(strict(company=strict(name={"type": "string"}, address=place)))

    assert filled == {
        "company": {
            "name": "Fern IT",
            "address": {"street": "1 High Street", "postcode": "LE1 1AA"},
        }
    }


def test_references_and_choices_are_followed() -> None:
    schema = strict(
        leads={"type": "array", "items": {"$ref": "#/$defs/lead"}},
    ) | {
        "$defs": {
            "lead": strict(
                name={"type": "string"},
                website={"anyOf": [{"type": "null"}, {"type": "string"}]},
                sources={"type": "array", "items": {"$ref": "#/$defs/source"}},
            ),
            "source": strict(url={"type": "string"}, title={"type": "string"}),
        }
    }

    first, second = fill(schema)["leads"]

    assert first["website"] == "http://fern.example"
    assert second["website"] is None
    assert first["sources"][1] == {
        "url": "http://fern.example/contact",
        "title": "fern.example",
    }


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "number"}, 0.8),
        ({"type": "integer"}, 80),
        ({"type": "integer", "minimum": 0, "maximum": 10}, 8),
        ({"type": "integer", "minimum": 1, "maximum": 5}, 4),
        ({"type": "number", "minimum": 0, "maximum": 100}, 80),
        ({"type": "string", "enum": ["low", "high"]}, "low"),
    ],
)
def test_confidence_keeps_to_its_scale(schema: dict[str, Any], value: Any) -> None:
    assert fill(strict(name={"type": "string"}, confidence=schema))["confidence"] == value


def test_lists_keep_to_their_length() -> None:
    item = strict(name={"type": "string"})

    assert len(fill(strict(leads={"type": "array", "items": item, "maxItems": 1}))["leads"]) == 1


@pytest.mark.parametrize(
    ("options", "first", "second"),
    [
        (["yes", "no", "unknown"], "yes", "no"),
        (["verified", "not_verified"], "verified", "not_verified"),
        (["active", "inactive", "unclear"], "active", "inactive"),
    ],
)
def test_a_verdict_is_chosen_from_what_is_offered(
    options: list[str], first: str, second: str
) -> None:
    item = strict(name={"type": "string"}, verdict={"type": "string", "enum": options})

    filled = fill(strict(checked={"type": "array", "items": item}))

    assert [one["verdict"] for one in filled["checked"]] == [first, second]


def test_with_nothing_found_a_list_is_empty_and_one_is_null() -> None:
    one = strict(name=TEXT_OR_NULL, verdict={"type": "string", "enum": ["yes", "no", "unknown"]})

    assert fill(strict(leads={"type": "array", "items": one}), Answer()) == {"leads": []}
    assert fill(one, Answer()) == {"name": None, "verdict": "unknown"}
