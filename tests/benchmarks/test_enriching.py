"""What benchmarks of enrichment reckon: the least that calls take, and what was paid for twice."""

from datetime import date
from typing import Any

import pytest

from tests.benchmarks.enriching import answers, bound, twice
from tests.benchmarks.enriching.bound import Answer, Asked
from tests.simulators import world

REVEAL = "/api/v1/people/bulk_match"
SUMMARY: dict[str, Any] = {
    "metadata": {"subject": "a"},
    "text": {"format": {"name": "summary"}},
    "input": "read this",
}


def call(method: str, path: str, **more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"method": method, "path": path, "query": {}, "json": None}
    return usual | {"status": 200, "at": 1.5} | more


def test_calls_take_as_long_as_the_pace_of_their_service_lets_them() -> None:
    companies = [call("GET", f"/company/{number:08}") for number in range(601)]

    found = bound.least(Asked({"companies_house": companies}), side_by_side=24)

    assert found.seconds == pytest.approx(600 * 0.5 + 0.15)


def test_lanes_of_one_service_do_not_wait_for_each_other() -> None:
    checks = [call("GET", "/v2/email-verifier")] * 63
    searches = [call("GET", "/v2/domain-search")] * 55

    found = bound.least(Asked({"hunter": [*checks, *searches]}), side_by_side=24)

    assert found.parts["hunter, verifier"] == pytest.approx(60 * 60 / 300 + 0.3)
    assert found.parts["hunter"] == pytest.approx(50 * 60 / 500 + 0.3)


def test_looking_for_an_answer_more_than_once_is_our_own_affair() -> None:
    sent = [call("POST", "/v1/responses")] * 100
    looks = [call("GET", "/v1/responses/resp_1")] * 5_000

    few = bound.least(Asked({"openai": sent}), side_by_side=24)
    many = bound.least(Asked({"openai": [*sent, *looks]}), side_by_side=24)

    assert few.seconds == many.seconds == pytest.approx((200 - 8) * 60 / 480 + 0.2)


def test_whoever_comes_last_is_read_and_asked_about_still() -> None:
    asked = Asked(
        calls={"companies_house": [call("GET", "/company/01234567")] * 401},
        sites={"a.example": 2.0, "b.example": 30.0},
        # Two questions about one organisation are asked side by side.
        answers=[Answer("a", 60.0), Answer("a", 8.0), Answer("b", 180.0)],
        domains={"a": "a.example", "b": "b.example"},
    )

    found = bound.least(asked, side_by_side=2)

    assert found.parts["websites"] == 16
    assert found.slowest == "companies_house"
    assert found.seconds == pytest.approx(200.15 + 2 + 60 + 0.4)


def test_nobody_is_done_before_the_longest_chain_of_one_organisation() -> None:
    asked = Asked(calls={}, answers=[Answer("a", 60.0), Answer("b", 180.0)])

    assert bound.least(asked, side_by_side=2).seconds == pytest.approx(180.4)


def test_the_same_question_at_a_charge_is_paid_for_twice() -> None:
    search = call("GET", "/v2/domain-search", query={"domain": ["a.example"]})
    other = search | {"query": {"domain": ["b.example"]}}
    refused = search | {"status": 429}

    assert twice.paid({"hunter": [search, other, refused]}) == {}
    assert twice.paid({"hunter": [search, other, search]}) == {"hunter": 1}
    [said] = twice.repeated({"hunter": [search, other, search | {"at": 7.0}]})
    assert "a.example" in said
    assert said.endswith("at [1.5, 7.0]")


def test_a_person_who_is_revealed_in_two_calls_is_paid_for_twice() -> None:
    first = call("POST", REVEAL, json={"details": [{"id": "1"}, {"id": "2"}]})
    second = call("POST", REVEAL, json={"details": [{"id": "2"}, {"id": "3"}]})

    assert twice.paid({"apollo": [first, second]}) == {"apollo": 1}


def test_a_model_is_asked_each_thing_once_about_each_organisation() -> None:
    one = call("POST", "/v1/responses", json=SUMMARY)
    news = one | {"json": SUMMARY | {"text": {"format": {"name": "news"}}, "input": "look"}}
    reworded = one | {"json": SUMMARY | {"input": "read that"}}

    assert twice.paid({"openai": [one, news]}) == {}
    assert twice.paid({"openai": [one, news, reworded]}) == {"openai": 1}


def test_a_place_that_two_searches_show_is_no_question_twice() -> None:
    look = call("GET", "/v1/places/p1")
    searches = [
        call("POST", "/v1/places:searchText", json={"textQuery": name}, shown=["p0", "p1"])
        for name in ("a", "b")
    ]

    assert twice.paid({"google_places": [*searches, look, look]}) == {}
    # A search is free, however often it is sent; a look is not, whether or not it was repeated.
    again = [*searches, searches[0], look, look]
    assert twice.paid({"google_places": again}) == {}
    assert twice.paid({"google_places": [*again, look]}) == {"google_places": 1}
    assert twice.paid({"google_places": [searches[0], look, look]}) == {"google_places": 1}


def test_a_place_that_is_too_far_down_in_a_search_is_not_looked_at_for_it() -> None:
    look = call("GET", "/v1/places/p2")
    near = call("POST", "/v1/places:searchText", json={"textQuery": "a"}, shown=["p2"])
    far = near | {"json": {"textQuery": "b"}, "shown": ["p0", "p1", "p2"]}

    assert twice.paid({"google_places": [near, far, look, look]}) == {"google_places": 1}


def test_made_answers_are_as_rich_as_those_of_the_simulated_vendors() -> None:
    middle = world.place("LE1 1AA")
    assert middle is not None
    near = world.near(middle.latitude, middle.longitude, 5)
    firms = [one for one in near if one.number and one.domain and one.status == "active"][:50]

    told = [answers.of(answers.truth_of(one), date(2026, 11, 22)) for one in firms]

    assert {slug for each in told for slug in each} == set(answers.TELLING)
    values = sum(len(heard.told) for each in told for heard in each.values()) / len(told)
    assert 80 <= values <= 120
    assert all(heard.told for each in told for heard in each.values())
