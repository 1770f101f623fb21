"""Sums become chances that are right as often as they say."""

import random
from math import exp

import pytest

from scoring.chance.calibration import Calibration, calibrate

Outcomes = list[tuple[bool, float]]


def drawn(many: int, slope: float, level: float, seed: int = 1) -> Outcomes:
    rng = random.Random(seed)
    totals = [rng.gauss(0, 1.5) for _ in range(many)]
    return [(rng.random() < 1 / (1 + exp(-slope * each - level)), each) for each in totals]


def test_sums_that_say_too_much_are_toned_down_and_the_other_way_round() -> None:
    for slope in (0.5, 1.0, 1.8):
        whole = drawn(4_000, slope, -0.4)
        found = calibrate([whole], whole)
        assert found.slope == pytest.approx(slope, abs=0.12)
        assert found.shift == pytest.approx(-0.4, abs=0.12)


def test_a_level_that_moves_between_steps_does_not_bend_the_slope() -> None:
    steps = [drawn(2_000, 1.0, level, seed) for seed, level in enumerate((-1.5, 0.0, 1.5))]
    found = calibrate(steps, steps[0])
    assert found.slope == pytest.approx(1.0, abs=0.12)
    assert found.shift == pytest.approx(-1.5, abs=0.15)


def test_a_handful_hardly_moves_it() -> None:
    few = [(True, -2.0), (False, 2.0), (True, -1.0)]
    assert calibrate([few], drawn(500, 1.0, 0.0)).slope > 0.5


@pytest.mark.parametrize(
    "outcomes",
    [
        [],
        [(True, 1.0)] * 50,
        [(True, 1e6), (False, -1e6)] * 50,
        [(True, -1e6), (False, 1e6)] * 50,
        [(True, 0.0), (False, 0.0)] * 50,
    ],
)
def test_what_says_nothing_still_gives_a_chance(outcomes: Outcomes) -> None:
    found = calibrate([outcomes], outcomes)
    for total in (-1e9, -1.0, 0.0, 1.0, 1e9):
        assert 0 < found.chance(total) < 1
    assert 0 < found.slope < 5


def test_a_greater_sum_never_has_a_smaller_chance() -> None:
    found = Calibration(0.7, 0.2)
    chances = [found.chance(n / 10) for n in range(-900, 900)]
    assert chances == sorted(chances)
