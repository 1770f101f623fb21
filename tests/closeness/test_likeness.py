"""From likeness to those that were won and lost to a closeness from 0 to 100."""

from uuid import UUID, uuid4

import pytest

from scoring.closeness.likeness import Known, Scale, Side, closeness, of_many

PLAIN = Scale(0, 1)


@pytest.mark.parametrize(
    ("won", "lost", "is_"),
    [
        ([1.0], [], 100),
        ([1.0], [1.0], 50),
        ([0.6], [], 60),
        ([0.0], [0.0], 0),
        ([0.8], [0.4], 60),
        ([0.4], [0.8], 10),
        # The mean of the nearest five; who is further away says nothing.
        ([0.9, 0.8, 0.7, 0.6, 0.5, 0.0, -1.0], [], 70),
        # Nothing is less than nothing.
        ([-0.5], [-0.9], 0),
    ],
)
def test_it_is_likeness_to_the_won_by_how_far_it_outweighs_that_to_the_lost(
    won: list[float], lost: list[float], is_: int
) -> None:
    assert closeness(won, lost, PLAIN) == is_


def test_nobody_can_say_where_nothing_was_won() -> None:
    assert closeness([], [0.5], PLAIN) is None
    one = uuid4()
    assert of_many({one: [1.0, 0.0]}, Known(Side({}), Side({uuid4(): [1.0, 0.0]})), PLAIN) == {
        one: None
    }


def test_likeness_is_read_on_the_scale_of_what_made_the_vectors() -> None:
    assert closeness([0.5], [], Scale(0.2, 0.8)) == 50
    assert closeness([0.95], [], Scale(0.2, 0.8)) == 100
    assert closeness([0.1], [], Scale(0.2, 0.8)) == 0


def test_many_at_once_are_what_each_alone_is_and_nobody_is_measured_against_themselves() -> None:
    east, north = [1.0, 0.0], [0.0, 1.0]
    won = {UUID(int=n): east for n in range(1, 9)}
    lost = {UUID(int=n): north for n in range(20, 28)}
    new_east, new_north = UUID(int=90), UUID(int=91)
    found = of_many({new_east: east, new_north: north}, Known(Side(won), Side(lost)), PLAIN)
    assert found == {new_east: 100, new_north: 0}
    # The only one that was won has nobody to be like.
    only = UUID(int=1)
    assert of_many({only: east}, Known(Side({only: east}), Side(lost)), PLAIN) == {only: None}
    assert of_many({only: east, new_east: east}, Known(Side(won), Side({})), PLAIN)[only] == 100
