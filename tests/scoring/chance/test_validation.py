"""Figures, by hand and against scikit-learn's."""

import random

import pytest
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from scoring.chance.validation import measure


def test_by_hand() -> None:
    found = measure([False, True, False, True], [0.1, 0.4, 0.6, 0.9])
    assert found.roc_auc == 0.75
    assert found.accuracy == 0.5
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert found.calibration_error == pytest.approx((0.1 + 0.6 + 0.6 + 0.1) / 4)
    assert found.lift == 2.0


def test_as_scikit_learn_has_them() -> None:
    rng = random.Random(4)
    # In hundredths, so that there are ties.
    chances = [round(rng.uniform(0.01, 0.99), 2) for _ in range(700)]
    won = [rng.random() < each for each in chances]
    found = measure(won, chances)
    assert found.roc_auc == pytest.approx(roc_auc_score(won, chances))
    assert found.brier == pytest.approx(brier_score_loss(won, chances))
    assert found.log_loss == pytest.approx(log_loss(won, chances))


def test_one_chance_for_all_tells_nobody_apart_in_whatever_order_they_come() -> None:
    won = [True] * 300 + [False] * 700
    found = measure(won, [0.3] * 1_000)
    assert found.roc_auc == 0.5
    assert found.lift == pytest.approx(1)
    assert found.calibration_error == pytest.approx(0)


def test_the_gap_of_each_tenth_counts() -> None:
    won = ([True] * 8 + [False] * 2) * 10
    assert measure(won, [0.5] * 100).calibration_error == pytest.approx(0.3)


@pytest.mark.parametrize("won", [[], [True], [False, False]])
def test_without_both_outcomes_there_is_nothing_to_measure(won: list[bool]) -> None:
    with pytest.raises(ValueError, match="won and lost"):
        measure(won, [0.5] * len(won))


def test_a_chance_that_was_wrong_for_certain_costs_much_but_not_all() -> None:
    assert 5 < measure([True, False], [0.0, 1.0]).log_loss < 20
