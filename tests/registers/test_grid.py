"""The cells of a circle, with and without the part that was looked at before."""

from itertools import pairwise
from random import Random

import pytest

from crm.registers import grid
from tests.geometry import miles

# Degrees around the kingdom.
SOUTH, NORTH, WEST, EAST = 49.9, 60.8, -8.1, 1.7


@pytest.mark.parametrize(
    ("low", "high"),
    [(0, 1), (0, 15), (3, 4), (14, 25), (60, 61), (140, 141), (300, 320), (550, 600)],
)
def test_every_point_of_a_ring_lies_in_its_runs(low: float, high: float) -> None:
    chance = Random(f"{low} {high}")
    for _ in range(25):
        here = chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)
        runs = grid.runs(*here, high, without=low)
        tall, wide = high / 69, high / 33
        inside = 0
        for _ in range(4_000):
            there = (
                chance.uniform(here[0] - tall, here[0] + tall),
                chance.uniform(here[1] - wide, here[1] + wide),
            )
            if low <= miles(*here, *there) <= high:
                inside += 1
                at = grid.cell(*there)
                assert any(first <= at <= last for first, last in runs), (here, there)
        assert inside


def test_no_cell_stands_in_two_runs() -> None:
    chance = Random(1)
    for _ in range(200):
        low = chance.uniform(0, 30)
        here = chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)
        runs = sorted(grid.runs(*here, low + chance.uniform(0.1, 30), without=low))
        assert all(first <= last for first, last in runs)
        assert all(last < first for (_, last), (first, _) in pairwise(runs))


def test_the_hole_in_the_middle_is_left_out() -> None:
    whole = sum(last - first + 1 for first, last in grid.runs(52.6, -1.1, 100))
    ring = sum(last - first + 1 for first, last in grid.runs(52.6, -1.1, 100, without=99))
    assert ring < whole * 0.6
