"""A scorecard is read whole, and all that is wrong with it is said at once, with its place."""

import copy
from datetime import date
from typing import Any

import pytest

from scoring import reading, receipt
from scoring.card import FIRST, Card
from scoring.catalogue import OWN, Field, Form
from scoring.engine import Engine
from scoring.evidence import Evidence
from scoring.problems import Wrong
from tests.scoring.test_points import FACTS

CATALOGUE = OWN | FACTS | {"f_fleet": Field("f_fleet", "Vans", Form.NUMBER)}


def written(**changed: Any) -> dict[str, Any]:
    return copy.deepcopy(FIRST) | changed


def rule(**given: Any) -> dict[str, Any]:
    when = {"field": "employees", "op": "atleast", "value": 50}
    return {"key": "big", "name": "Big", "group": "size", "points": 5, "when": when} | given


def read(raw: Any) -> Card:
    return reading.read(raw, CATALOGUE)


def said(raw: Any) -> list[str]:
    with pytest.raises(Wrong) as wrong:
        read(raw)
    return [str(each) for each in wrong.value.problems]


def test_the_standard_card_is_sound() -> None:
    card = read(FIRST)
    assert (card.hot, card.warm) == (70, 40)
    assert sum(card.weights[""].values()) == 100


def test_what_a_rule_gave_is_told_though_the_card_has_lost_it_since() -> None:
    card, lately = rule(when={"field": "f_fleet", "op": "atleast", "value": 5}), OWN | FACTS
    then = Engine(read(written(rules=[card])))
    scored = then.score(Evidence({"f_fleet": 7, "email": "a@b.example"}, date(2026, 11, 22)))
    now = reading.read(written(rules=[card]), lately, published=True)
    told = receipt.read(scored.receipt, scored.points.points, now)
    assert told is not None
    assert sum(part.points for part in told.groups) == told.total == 15
    assert sum(part.points for part in told.aspects) == 15
    [gone] = told.groups[-1].lines
    assert (gone.points, gone.saw) == (5, "7")
    assert gone.label.startswith("Big: It asks about “f_fleet”")
    assert gone not in told.raises


@pytest.mark.parametrize("raw", [None, [], "card", 7])
def test_what_is_no_card_is_refused(raw: Any) -> None:
    assert said(raw) == ["Scorecard: It is no scorecard."]


def test_weights_that_do_not_add_up_are_told_with_their_sum() -> None:
    weights = {"": FIRST["weights"][""] | {"location": 3}}
    assert said(written(weights=weights)) == ["Weights: They add up to 97, not to 100."]
    weights = {"": FIRST["weights"][""], "technology": {"engagement": 101}}
    assert said(written(weights=weights)) == [
        "Weights for technology: Give engagement between 0 and 100.",
        "Weights for technology: They add up to 0, not to 100.",
    ]


def test_all_that_is_wrong_is_said_at_once() -> None:
    raw = written(
        tiers={"hot": 40, "warm": 60},
        grades=FIRST["grades"] | {"A": 95},
        rules=[rule(points=0), rule(name="", key="x")],
    )
    assert said(raw) == [
        "Tiers: Warm begins at 60, which is not below hot (40).",
        "Rule 1 (Big): It gives no points: nothing would come of it.",
        "Rule 2: Give the rule a name.",
        "Grades: Each must begin lower than the one above it.",
    ]


def test_ten_thousand_rules_are_too_many() -> None:
    rules = [rule(key=f"r{number}") for number in range(10_000)]
    assert said(written(rules=rules)) == [
        "Rules: There are 10,000 rules; 300 are the most."
    ]


def test_a_rule_on_a_field_that_is_gone_can_not_be_published() -> None:
    raw = written(rules=[rule(when={"field": "f_gone", "op": "filled"})])
    assert said(raw) == ["Rule 1 (Big): It asks about “f_gone”, which is not there (any more)."]


def test_a_published_card_goes_on_without_the_rule_whose_field_is_gone() -> None:
    raw = written(rules=[rule(when={"field": "f_gone", "op": "filled"}), rule(key="other")])
    card = reading.read(raw, CATALOGUE, published=True)
    assert [each.key for each in card.rules] == ["other"]
    assert "f_gone" in card.idle["big"]


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        (None, "A condition is missing."),
        ({"all": []}, "It has no condition: add one, or take the rule away."),
        ({"field": "employees", "op": "has"}, "Choose how employees is compared."),
        ({"field": "employees", "op": "atleast"}, "Give employees as a number."),
        ({"field": "employees", "op": "atleast", "value": "nan"}, "Give employees as a smaller"),
        ({"field": "job_title", "op": "is", "value": []}, "Say with what job title is compared."),
        ({"event": "birthday", "value": 1, "within": 5}, "Choose what happens from the list."),
        ({"event": "call", "value": 0, "within": 5}, "Give how often between 1 and 1,000."),
        ({"all": [{"any": [{"all": [{"any": [{}]}]}]}]}, "Conditions can be put into one another"),
    ],
)
def test_conditions_that_make_no_sense_are_told(when: Any, problem: str) -> None:
    (told,) = said(written(rules=[rule(when=when)]))
    assert problem in told


def test_a_condition_reads_as_a_sentence() -> None:
    when = {
        "all": [
            {"field": "employees", "op": "atleast", "value": 50},
            {"any": [
                {"field": "industry", "op": "is", "value": ["finance", "healthcare"]},
                {"field": "f_fleet", "op": "atleast", "value": 10},
            ]},
        ]
    }  # fmt: skip
    card = read(written(rules=[rule(when=when)]))
    assert card.rules[0].when is not None
    assert card.rules[0].when.said == (
        "Employees is at least 50 and (Industry is finance or healthcare or Vans is at least 10)"
    )
