"""What counts as an outcome, and what is refused."""

from datetime import timedelta, timezone

import pytest

from scoring.chance import history
from scoring.chance.example import Example
from scoring.chance.history import History, Refusal, arrange
from scoring.chance.training import train
from tests.scoring.chance.law import FEATURES, NOW, hour, plain

ENOUGH = plain([True, False] * 100)


def arranged(examples: list[Example]) -> History:
    found = arrange(examples, now=NOW)
    assert isinstance(found, History)
    return found


def refused(examples: list[Example]) -> Refusal:
    found = train(examples, FEATURES, now=NOW)
    assert isinstance(found, Refusal)
    return found


def test_the_newest_fifth_is_held_out_whatever_the_order_given() -> None:
    found = arranged(ENOUGH[::-1])
    assert (len(found.training), len(found.held_out)) == (160, 40)
    assert max(each.at for each in found.training) < min(each.at for each in found.held_out)


@pytest.mark.parametrize(
    ("won", "lost", "missing", "words"),
    [
        (0, 0, (50, 50), "50 more won leads are missing and 50 more lost leads are missing"),
        (0, 0, (50, 50), "No lead that has ended counts yet. It takes 50 won and 50 lost"),
        (38, 47, (12, 3), "38 leads were won and 47 lost"),
        (49, 500, (1, 0), "1 more won lead is missing"),
        (0, 300, (50, 0), "All 300 leads were lost"),
        (300, 0, (0, 50), "All 300 leads were won"),
    ],
)
def test_too_few_are_refused_with_how_many_are_missing(
    won: int, lost: int, missing: tuple[int, int], words: str
) -> None:
    found = refused(plain([True] * won + [False] * lost))
    assert (found.won, found.lost) == (won, lost)
    assert (found.missing_won, found.missing_lost) == missing
    assert words in found.reason


def test_one_outcome_short_is_refused_and_the_full_number_is_not() -> None:
    assert isinstance(arrange(plain([True, False] * 50), now=NOW), History)
    assert isinstance(arrange(plain([True, False] * 49 + [False]), now=NOW), Refusal)


def test_what_is_dated_later_than_now_does_not_count_and_is_counted() -> None:
    later = [Example({}, True, NOW + timedelta(seconds=n + 1)) for n in range(7)]
    found = arranged(ENOUGH + later)
    assert found.left_out.in_future == 7
    assert len(found.training) + len(found.held_out) == 200


def test_only_the_newest_row_of_a_pursuit_counts() -> None:
    twice = [Example({"row": n}, n == 1, hour(900 + n), key="one pursuit") for n in range(2)]
    found = arranged([*twice[::-1], *ENOUGH])
    assert found.left_out.repeated == 1
    kept = [each for each in found.held_out if each.key]
    assert [each.features["row"] for each in kept] == [1]


def test_rows_without_a_key_are_leads_of_their_own() -> None:
    assert arranged(ENOUGH + ENOUGH).left_out.repeated == 0


def test_the_oldest_beyond_what_memory_holds_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_EXAMPLES", 150)
    found = arranged(ENOUGH)
    assert found.left_out.too_old == 50
    assert found.training[0].at == hour(50)


def test_leads_of_one_moment_are_not_split() -> None:
    import_of_many = [Example({}, n % 2 == 0, hour(150)) for n in range(60)]
    found = arranged(ENOUGH + import_of_many)
    assert found.training[-1].at < found.held_out[0].at


def test_an_import_that_dates_all_alike_is_refused() -> None:
    alike = [Example({}, n % 2 == 0, hour(0)) for n in range(300)]
    assert "one and the same time" in refused(alike).reason


def test_wins_that_all_came_first_are_refused() -> None:
    found = refused(plain([True] * 60 + [False] * 200))
    assert "the newest fifth" in found.reason
    assert found.missing_won == 5


def test_times_without_a_zone_are_utc_and_zones_are_told_apart() -> None:
    east = timezone(timedelta(hours=14))
    mixed = [
        Example(each.features, each.is_won, at)
        for n, each in enumerate(ENOUGH)
        for at in [each.at.replace(tzinfo=None) if n % 2 else each.at.astimezone(east)]
    ]
    found = arranged(mixed)
    assert len(found.held_out) == 40
    assert [each.is_won for each in found.training] == [True, False] * 80
