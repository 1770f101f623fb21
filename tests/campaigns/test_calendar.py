"""When a schedule is due: wall-clock time through clock changes, month ends and odd zones."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest

from campaigns import calendar

LONDON = "Europe/London"


@dataclass(frozen=True)
class Timing:
    every: str = "week"
    weekday: int = 0
    day: int = 1
    at: time = time(7)


def moment(text: str) -> datetime:
    """A moment of the world's clock, UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(timing: Timing, after: str, zone: str, times: int) -> list[str]:
    """The next moments, one after the other."""
    found, last = [], moment(after)
    for _ in range(times):
        last = calendar.next_time(timing, last, zone)
        found.append(f"{last:%Y-%m-%d %H:%M}")
    return found


def test_every_monday_at_seven_stays_at_seven_when_the_clocks_change() -> None:
    # 30 March 2026 is the first Monday of summer time, 26 October the first of winter time.
    spring = following(Timing(), "2026-03-20", LONDON, 3)
    assert spring == ["2026-03-23 07:00", "2026-03-30 06:00", "2026-04-06 06:00"]
    autumn = following(Timing(), "2026-10-15", LONDON, 3)
    assert autumn == ["2026-10-19 06:00", "2026-10-26 07:00", "2026-11-02 07:00"]


def test_it_is_strictly_after_even_at_its_very_moment() -> None:
    monday = moment("2026-01-05 07:00")
    assert calendar.next_time(Timing(), monday, LONDON) == moment("2026-01-12 07:00")
    just_before = moment("2026-01-05 06:59:59")
    assert calendar.next_time(Timing(), just_before, LONDON) == monday


@pytest.mark.parametrize(
    ("zone", "after", "at", "times"),
    [
        # 01:30 does not exist: the clocks go from 01:00 to 02:00, which is 01:00 UTC.
        (LONDON, "2026-03-22 12:00", time(1, 30), ["2026-03-29 01:00", "2026-04-05 00:30"]),
        # 01:00 itself is skipped, too; 02:00 is there.
        (LONDON, "2026-03-22 12:00", time(1), ["2026-03-29 01:00", "2026-04-05 00:00"]),
        (LONDON, "2026-03-22 12:00", time(2), ["2026-03-29 01:00", "2026-04-05 01:00"]),
        ("America/New_York", "2026-03-01 12:00", time(2, 30), ["2026-03-08 07:00"]),
        # Half an hour is skipped, at two.
        ("Australia/Lord_Howe", "2026-09-28", time(2, 15), ["2026-10-03 15:30"]),
        # Midnight is skipped: the day begins at one.
        ("Africa/Cairo", "2026-04-20", time(0), ["2026-04-23 22:00", "2026-04-30 21:00"]),
    ],
)
def test_a_time_that_is_skipped_comes_once_when_the_clocks_have_gone_on(
    zone: str, after: str, at: time, times: list[str]
) -> None:
    weekday = 4 if zone == "Africa/Cairo" else 6
    timing = Timing(weekday=weekday, at=at)
    assert following(timing, after, zone, len(times)) == times


@pytest.mark.parametrize(
    ("zone", "after", "at", "times"),
    [
        # 01:30 comes twice: summer time's is 00:30 UTC, and the second is not another one.
        (LONDON, "2026-10-19", time(1, 30), ["2026-10-25 00:30", "2026-11-01 01:30"]),
        ("America/New_York", "2026-10-26", time(1, 30), ["2026-11-01 05:30", "2026-11-08 06:30"]),
        ("Australia/Lord_Howe", "2026-03-30", time(1, 45), ["2026-04-04 14:45"]),
    ],
)
def test_a_time_that_comes_twice_comes_once_the_first(
    zone: str, after: str, at: time, times: list[str]
) -> None:
    assert following(Timing(weekday=6, at=at), after, zone, len(times)) == times


def test_between_the_two_it_has_been() -> None:
    timing = Timing(weekday=6, at=time(1, 30))
    between = moment("2026-10-25 01:00")
    assert calendar.next_time(timing, between, LONDON) == moment("2026-11-01 01:30")


def test_a_day_that_a_month_lacks_is_its_last_one() -> None:
    on_the_31st = following(Timing(every="month", day=31), "2026-01-01", "UTC", 5)
    assert [each[5:10] for each in on_the_31st] == ["01-31", "02-28", "03-31", "04-30", "05-31"]
    on_the_30th = following(Timing(every="month", day=30), "2028-01-15", "UTC", 3)
    assert [each[5:10] for each in on_the_30th] == ["01-30", "02-29", "03-30"]


def test_a_leap_day_is_met_in_leap_years_only() -> None:
    on_the_29th = Timing(every="month", day=29)
    assert following(on_the_29th, "2027-02-01", "UTC", 1) == ["2027-02-28 07:00"]
    assert following(on_the_29th, "2028-02-01", "UTC", 1) == ["2028-02-29 07:00"]
    assert following(on_the_29th, "2100-02-01", "UTC", 1) == ["2100-02-28 07:00"]


def test_the_year_ends_like_any_month() -> None:
    assert following(Timing(every="month", day=1), "2026-12-01 07:00", "UTC", 2) == [
        "2027-01-01 07:00",
        "2027-02-01 07:00",
    ]


def test_a_whole_day_may_be_skipped() -> None:
    """Samoa had no 30 December 2011: it comes when the 31st begins."""
    timing = Timing(every="month", day=30)
    assert following(timing, "2011-12-01", "Pacific/Apia", 2) == [
        "2011-12-30 10:00",
        "2012-01-29 17:00",
    ]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "\0"])
def test_where_the_zone_is_unknown_it_is_the_installations(zone: str) -> None:
    found = calendar.next_time(Timing(), moment("2026-07-01"), zone)
    assert found == moment("2026-07-06 06:00")
    assert calendar.zone_label(zone).startswith("London time, since this machine knows no zone")


def test_it_reads_like_a_sentence() -> None:
    assert calendar.label(Timing()) == "Every Monday at 07:00"
    dates = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 22: "22nd"}
    for day, said in dates.items():
        timing = Timing(every="month", day=day, at=time(18, 5))
        assert calendar.label(timing) == f"Every month on the {said} at 18:05"
    last = Timing(every="month", day=31)
    assert calendar.label(last) == "Every month on the last day at 07:00"
    assert calendar.zone_label(LONDON) == "London time"
    assert calendar.zone_label("America/New_York") == "New York time"
    assert calendar.zone_label("UTC") == "UTC"


def test_days_are_said_in_the_zone_and_with_another_year() -> None:
    now = moment("2026-11-20")
    assert calendar.time_label(moment("2026-11-24 07:00"), LONDON, now) == "Tue 24 Nov, 07:00"
    late = moment("2026-12-31 23:30")
    assert calendar.time_label(late, LONDON, now) == "Thu 31 Dec, 23:30"
    assert calendar.time_label(late, "Europe/Paris", now) == "Fri 1 Jan 2027, 00:30"
