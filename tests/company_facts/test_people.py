"""Who directs a company, and what is not told of them."""

import json
from typing import Any

import pytest

from enrichment.companies_house import kept, officers, people, steps
from tests.company_facts.answers import outcome, with_profile
from tests.company_facts.looking import people as told_people

OFFICER: dict[str, Any] = {
    "name": "SMITH-O'NEILL, John Paul, Dr",
    "officer_role": "director",
    "appointed_on": "2017-09-02",
    "links": {"officer": {"appointments": "/officers/5SU_9GfEsP_Z_H7rb1fNFmEZvKs/appointments"}},
}
PRIVATE = {
    "date_of_birth": {"year": 1970, "month": 1},
    "address": {"premises": "1", "address_line_1": "Example Street", "postal_code": "PE9 3RH"},
    "nationality": "British",
    "country_of_residence": "England",
    "former_names": [{"forenames": "Jo", "surname": "Bloggs"}],
    "occupation": "Director",
}


def told(*items: Any, **more: Any) -> dict[str, dict[str, Any]]:
    return told_people(outcome(with_profile(officers={"items": list(items), **more})))


@pytest.mark.parametrize(
    ("registered", "spoken"),
    [
        ("SMITH, John Paul", "John Paul Smith"),
        ("SMITH-O'NEILL, Mary Ann, Dr", "Mary Ann Smith-O'Neill"),
        ("MCDONALD, IAIN", "Iain McDonald"),
        ("D’ARCY, Jo", "Jo D'Arcy"),
        ("NG, Li", "Li Ng"),
        ("GARCIA DE SOUZA, Ana", "Ana Garcia de Souza"),
        ("SMITH III, Bob", "Bob Smith III"),
        ("SMITH, JOHN E", "John E Smith"),
        ("JONES, Peter, Sir", "Peter Jones"),
        ("JONES, Mr Peter", "Peter Jones"),
        ("Amira HOLT", "Amira Holt"),
        ("ÖZTÜRK, Çağla", "Çağla Öztürk"),
        ("MADONNA", "Madonna"),
        ("LONDON LAW SECRETARIAL LIMITED", ""),
        ("ACME HOLDINGS LTD.", ""),
        (", ,", ""),
        ("", ""),
    ],
)
def test_a_name_is_told_as_it_is_spoken(registered: str, spoken: str) -> None:
    assert people.natural(registered) == spoken


def test_who_is_there_now_is_told_and_who_has_left_or_is_a_company_is_not() -> None:
    found = told(
        OFFICER,
        OFFICER | {"name": "HOLT, Amira", "resigned_on": "2020-01-01", "links": {}},
        OFFICER | {"name": "WHARFSIDE LIMITED", "officer_role": "corporate-secretary", "links": {}},
        OFFICER | {"name": "LONDON LAW LIMITED", "officer_role": "nominee-director", "links": {}},
        OFFICER | {"name": "LEE, Kim", "officer_role": "llp-designated-member", "links": {}},
    )

    assert found == {
        "John Paul Smith-O'Neill": {
            "name": "John Paul Smith-O'Neill",
            "officer_role": "Director",
            "appointed_on": "2017-09-02",
        },
        "Kim Lee": {
            "name": "Kim Lee",
            "officer_role": "LLP designated member",
            "appointed_on": "2017-09-02",
        },
    }


def test_somebody_with_two_posts_is_one_person() -> None:
    secretary = OFFICER | {"officer_role": "secretary", "appointed_on": "2010-01-01"}

    (who,) = told(secretary, OFFICER).values()

    assert who["officer_role"] == "Director and secretary"
    assert who["appointed_on"] == "2017-09-02"


def test_neither_birthdays_nor_addresses_are_kept() -> None:
    answer = {"items": [OFFICER | PRIVATE], "active_count": 1, "etag": "x"}

    found = json.dumps(kept.only(answer, officers.SHAPE))

    assert "SMITH-O'NEILL" in found
    for word in ("1970", "Example Street", "PE9", "British", "England", "Bloggs", "etag"):
        assert word not in found


@pytest.mark.parametrize(
    ("listed", "current", "more", "asked"),
    [
        (3, 3, {"active_count": 3}, False),
        (35, 35, {"active_count": 40, "total_results": 90}, True),
        # Those who have left come last, so that nobody is missing.
        (35, 20, {"active_count": 20, "total_results": 90}, False),
        (35, 35, {"total_results": 36}, True),
        (35, 35, {"total_results": 35}, False),
        (35, 30, {"total_results": 50}, False),
        (35, 35, {"active_count": "many"}, False),
    ],
)
def test_a_second_page_is_asked_for_only_where_somebody_is_missing(
    listed: int, current: int, more: dict[str, Any], asked: bool
) -> None:
    items = [OFFICER] * current + [OFFICER | {"resigned_on": "2020-01-01"}] * (listed - current)
    answers = with_profile(officers={"items": items, **more})

    step = steps.following(steps.subject("07310390"), {"officer_role"}, answers)

    assert (step.slug if step else "") == ("more_officers" if asked else "")
