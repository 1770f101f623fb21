"""What a check asks our own tables, which hold millions of rows: once, and only what it needs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.verification import circle, surroundings
from campaigns.verification.circle import Claimed
from crm.places.locate import place
from tests.verification.aspen import HERE, NUMBER
from tests.verification.conftest import Check, House, within

Asked = CaptureQueriesContext


@pytest.fixture
def asked(db: None) -> Asked:
    return CaptureQueriesContext(connection)


def of(asked: Asked, *words: str) -> list[str]:
    """The statements in which all of these stand."""
    found = [each["sql"] for each in asked.captured_queries]
    return [sql for sql in found if all(word in sql for word in words)]


def test_a_postcode_is_looked_up_once(check: Check, asked: Asked) -> None:
    target = within(15)
    with asked:
        check("Aspen Cabling", postcode=HERE, seen={"target": target})

    assert len(of(asked, 'FROM "places_fullpostcode"', f"'{HERE}'")) == 1
    assert len(of(asked, 'FROM "places_outward"', "'LE1'")) == 1


def test_a_number_is_no_question_to_the_registers(check: Check, house: House, asked: Asked) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    with asked:
        check("Aspen Cabling", postcode=HERE, company_number=NUMBER)

    assert of(asked, 'FROM "registers_registerentry"')
    assert not of(asked, 'FROM "registers_registerentry"', NUMBER)


def test_the_towns_of_a_new_place_are_one_question_about_those_near_it(
    bundled: None, asked: Asked
) -> None:
    for each in (surroundings._around, surroundings._every):
        each.cache_clear()
    first, second = place("LE1 1AA"), place("M1 1AE")
    surroundings.of(first)
    with asked:
        found = surroundings.of(second)

    assert {"manchester", "salford", "stockport"} <= found.home
    assert {"leicester", "nottingham"} <= found.away
    assert not found.home & found.away
    assert len(of(asked, 'FROM "places_outward"', "BETWEEN")) == 1
    assert len(of(asked, 'FROM "places_outward"')) == 2
    with asked:
        assert surroundings.of(second) is found
    assert not asked.captured_queries


@pytest.mark.parametrize(
    ("text", "slug", "has_spot"),
    [
        (HERE, "", True),
        ("LE1 1CK", "postcode_impossible", True),
        ("LE99 9ZZ", "postcode_impossible", False),
        ("BFPO 12", "postcode_impossible", False),
        ("JE2 3AA", "abroad", False),
        ("JE2 3CK", "postcode_impossible", False),
        ("LE1", "", False),
        ("nowhere", "", False),
    ],
)
def test_what_a_claimed_postcode_comes_to(
    bundled: None, db: None, text: str, slug: str, has_spot: bool
) -> None:
    found = circle.claimed(text, within(15))

    assert isinstance(found, Claimed)
    assert (found.impossible.slug if found.impossible else "") == slug
    assert (found.spot is not None) == has_spot
    assert circle.spot(text, within(15)) == found.spot
