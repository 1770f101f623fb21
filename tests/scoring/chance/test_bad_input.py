"""Whatever stands in the data: no error, no endless work, nothing infinite."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from math import isfinite
from typing import Any

import pytest

from scoring.chance.example import Example, Feature
from scoring.chance.model import Model
from scoring.chance.stored import as_json, from_json
from scoring.chance.training import train
from tests.scoring.chance.law import NOW, hour

HUGE = "long text " * 100_000
ODD: list[Any] = [
    None, "", "   ", "\x00", "\ud800", HUGE, "ß" * 1_000, "nan", True, False, 0, -0.0, 1e308,
    10**400, float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("1e999"),
    Decimal("sNaN"), date.min, date.max, datetime.min,
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), datetime.max.replace(tzinfo=UTC),
    [], [""], [None], ["crm", 7, None], ("a",) * 100_000, {"set"}, {"no": "value"}, b"bytes",
    bytearray(b"x"), object(), iter(["once"]), range(10),
]  # fmt: skip


def trained(rows: list[tuple[Any, bool]]) -> Model:
    examples = [Example({"x": value}, won, hour(n)) for n, (value, won) in enumerate(rows)]
    found = train(examples, [Feature("x", "X", "X is {}")], now=NOW)
    assert isinstance(found, Model)
    return found


@pytest.mark.parametrize("odd", ODD, ids=lambda each: f"{type(each).__name__} {each!r:.20}")
def test_odd_values_are_scored_like_any(model: Model, odd: Any) -> None:
    names = [term.feature.name for term in model.formula.terms]
    found = model.chance(dict.fromkeys(names, odd), NOW)
    assert 0 < found.value < 1
    for each in (*found.reasons_for, *found.reasons_against):
        assert len(each.words) < 400
        assert each.words.isprintable()
        assert isfinite(each.effect)


def test_odd_values_are_learnt_from_like_any() -> None:
    rows = [(ODD[n % len(ODD)], n % 3 == 0) for n in range(400)]
    found = trained(rows)
    stored = json.dumps(as_json(found), allow_nan=False)
    # PostgreSQL takes neither in JSON.
    assert "\\u0000" not in stored
    assert "\\ud800" not in stored
    assert from_json(json.loads(stored)) == found


def test_numbers_that_are_none_count_as_not_known() -> None:
    nothing = [None, float("nan"), float("inf"), 10**400, "n/a"]
    rows = [(nothing[n % 5] if n % 2 else float(n % 50), n % 2 == 1) for n in range(400)]
    found = trained(rows)
    for each in nothing:
        chance = found.chance({"x": each}, NOW)
        assert chance.value > 0.9
        assert chance.unknown == ("X",)


def test_constant_columns_are_left_out_and_named() -> None:
    rows = [Example({"same": "yes", "gone": None}, n % 2 == 0, hour(n)) for n in range(200)]
    features = [Feature("same", "Same"), Feature("gone", "Gone"), Feature("never", "Never there")]
    found = train(rows, features, now=NOW)
    assert isinstance(found, Model)
    assert found.record.constant == ("Same", "Gone", "Never there")
    chance = found.chance({"same": "yes"}, NOW)
    assert chance.value == pytest.approx(0.5)
    assert not chance.reasons_for + chance.reasons_against


def test_thousands_of_categories_are_one_where_each_is_rare() -> None:
    rows: list[tuple[Any, bool]] = [
        (f"company {n}" if n % 4 else "chain", n % 4 == 0) for n in range(4_000)
    ]
    found = trained(rows)
    assert len(json.dumps(as_json(found))) < 10_000
    assert found.chance({"x": "chain"}, NOW).value > 0.9
    new = found.chance({"x": "never heard of"}, NOW)
    assert new.value < 0.1
    assert new.unfamiliar == ("X",)


def test_a_fact_that_gives_the_outcome_away_still_makes_a_finite_model() -> None:
    found = trained([("won" if n % 2 else "lost", n % 2 == 1) for n in range(300)])
    assert found.record.figures.accuracy == 1
    assert found.chance({"x": "won"}, NOW).value < 1


def test_case_and_blanks_make_no_new_category() -> None:
    found = trained([("Trade  Fair" if n % 2 else "list", n % 2 == 1) for n in range(300)])
    chances = {found.chance({"x": x}, NOW).value for x in ("trade fair", " TRADE\nFAIR ")}
    assert len(chances) == 1
    assert chances.pop() > 0.8
