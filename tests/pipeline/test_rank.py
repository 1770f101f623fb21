"""Ranks: between any two there is room, and what comes last stands last."""

import random

import pytest

from crm.pipeline import rank


def test_cards_that_are_put_anywhere_stay_in_their_order() -> None:
    dice = random.Random(7)
    for _ in range(20):
        ranks: list[str] = []
        for _ in range(200):
            place = dice.randint(0, len(ranks))
            above = ranks[place - 1] if place else ""
            below = ranks[place] if place < len(ranks) else ""
            made = rank.between(above, below)
            assert above < made
            assert not below or made < below
            ranks.insert(place, made)
        assert ranks == sorted(ranks)
        assert len(set(ranks)) == len(ranks)


def test_cards_that_are_put_among_new_ones_stay_in_their_order() -> None:
    dice = random.Random(11)
    ranks = [rank.last() for _ in range(50)]
    for _ in range(300):
        place = dice.randint(0, len(ranks))
        above = ranks[place - 1] if place else ""
        below = ranks[place] if place < len(ranks) else ""
        ranks.insert(place, rank.between(above, below))
    assert ranks == sorted(ranks)


def test_what_comes_last_sorts_last() -> None:
    made = [rank.last() for _ in range(2_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(("above", "below"), [("b", "a"), ("a", "a"), ("i1", "i")])
def test_no_rank_lies_between_what_is_not_in_order(above: str, below: str) -> None:
    with pytest.raises(ValueError, match="No rank lies between"):
        rank.between(above, below)


def test_ranks_never_end_in_the_lowest_digit() -> None:
    """Else nothing would fit before them."""
    below = ""
    for _ in range(500):
        below = rank.between("", below)
        assert not below.endswith(rank.DIGITS[0])
        assert rank.between("", below) < below


def test_the_ends_of_a_column_never_run_out_of_room() -> None:
    ranks = [rank.last()]
    for _ in range(1_000):
        ranks.insert(0, rank.place("", ranks[0]))
        ranks.append(rank.place(ranks[-1], ""))
    assert ranks == sorted(ranks)
    assert max(map(len, ranks)) < 40


def test_a_card_put_at_the_end_stands_before_what_arrives_later() -> None:
    arrived = rank.last()
    moved = rank.place(arrived, "")
    assert arrived < moved < rank.last()


def test_a_card_put_at_an_end_that_was_set_by_hand_finds_room() -> None:
    assert rank.place("", "1") < "1"
    assert rank.place("zz", "") > "zz"
