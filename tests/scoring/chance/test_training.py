"""A model learns what there is to learn, from what was known in time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from scoring.chance.example import Example, Feature
from scoring.chance.history import History, arrange
from scoring.chance.model import Model
from scoring.chance.training import train
from tests.scoring.chance.law import FEATURES, NOW, SOURCES, hour, leads


def trained(examples: list[Example], features: Sequence[Feature] = FEATURES) -> Model:
    found = train(examples, features, now=NOW)
    assert isinstance(found, Model)
    return found


def test_it_foretells_better_than_the_base_rate_and_than_any_one_feature(model: Model) -> None:
    record = model.record
    assert record.figures.roc_auc > record.single_figures.roc_auc + 0.03 > 0.6
    assert record.figures.log_loss < record.single_figures.log_loss < record.base_figures.log_loss
    assert record.base_figures.roc_auc == 0.5
    assert record.single == "Source"


def test_its_record_says_what_it_was_made_of(model: Model) -> None:
    record = model.record
    examples = leads(1_200)
    assert record.won == sum(each.is_won for each in examples[:960])
    assert record.won + record.lost == 960
    assert record.figures.examples == 240
    assert (record.since, record.until) == (hour(0), hour(959))
    assert record.trained_at == NOW
    shares = model.unknown_shares()
    assert shares["Employees"] == pytest.approx(0.2, abs=0.05)
    assert shares["Source"] == 0


def test_chances_add_up_to_those_won(model: Model) -> None:
    chances = model.chances(leads(1_200)[:960])
    assert sum(chances) == pytest.approx(model.record.won, abs=2)


def test_on_new_leads_its_chances_come_true(model: Model) -> None:
    new = leads(4_000, seed=9)
    sure = [each.is_won for each, p in zip(new, model.chances(new), strict=True) if 0.7 <= p < 0.9]
    assert len(sure) > 300
    assert sum(sure) / len(sure) == pytest.approx(0.8, abs=0.07)


def test_nothing_is_learnt_from_the_leads_held_out(model: Model) -> None:
    turned = [
        each if n < 960 else replace(each, is_won=not each.is_won, features={"source": "odd"})
        for n, each in enumerate(leads(1_200))
    ]
    assert trained(turned).formula == model.formula


def test_the_same_leads_make_the_same_model_in_whatever_order_they_come(model: Model) -> None:
    assert trained(leads(1_200)[::-1]) == model


def test_two_facts_that_matter_only_together_are_found() -> None:
    rows = [
        Example({"a": a, "b": b}, (a == b) != (n % 10 == 0), hour(n))
        for n in range(800)
        for a, b in [("xy"[n // 2 % 2], "xy"[n // 4 % 2])]
    ]
    found = trained(rows, [Feature("a", "A"), Feature("b", "B")])
    assert found.record.pairs == 1
    assert found.record.figures.accuracy > 0.85


def test_the_age_of_a_date_counts_not_the_date() -> None:
    """The younger half of companies wins, at any time."""
    rows = [
        Example({"founded": (hour(n) - timedelta(days=age)).date()}, age < 500, hour(n))
        for n in range(400)
        for age in [n * 37 % 1_000]
    ]
    found = trained(rows, [Feature("founded", "Founded")])
    much_later = hour(50_000)
    chances = [
        found.chance({"founded": much_later - timedelta(days=age)}, much_later).value
        for age in (100, 900)
    ]
    assert chances[0] > 0.8 > 0.2 > chances[1]


def test_a_rate_that_rises_is_not_carried_on() -> None:
    """It may rise because what ends last so far is what ends fast."""
    rows = [
        Example({"source": list(SOURCES)[n % 3]}, n * 7919 % 1_000 < 200 + n // 2, hour(n))
        for n in range(1_000)
    ]
    history = arrange(rows, now=NOW)
    assert isinstance(history, History)
    share = sum(each.is_won for each in history.training) / len(history.training)
    chances = trained(rows).chances(history.training)
    assert sum(chances) / len(chances) == pytest.approx(share, abs=0.01)
