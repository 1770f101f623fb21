"""Numbers, money, distances and times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from crm.look import formats


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234567, "1,234,567"), ("1,000+", "1,000+"), (None, "–")]
)
def test_thousands(value: object, text: str) -> None:
    assert formats.thousands(value) == text


@pytest.mark.parametrize(
    ("pence", "text"),
    [(0, "£0"), (450000, "£4,500"), (450050, "£4,500.50"), (-100, "-£1"), (None, "–")],
)
def test_pounds(pence: object, text: str) -> None:
    assert formats.pounds(pence) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.04, "under 0.1 miles"),
        (1, "1 mile"),
        (1.04, "1.0 miles"),
        (1.3, "1.3 miles"),
        (15, "15 miles"),
        (142.6, "143 miles"),
        (None, "–"),
    ],
)
def test_miles(value: object, text: str) -> None:
    assert formats.miles(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1.34, "1.3 s"), (42, "42 s"), (75, "1 min 15 s"), (7260, "2 h 1 min"), (None, "–")],
)
def test_duration(seconds: object, text: str) -> None:
    assert formats.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.4, "0 s"),
        (59.9, "59 s"),
        (75, "1 min"),
        (7260, "2 h"),
        (86_400, "1 day"),
        (200_000, "2 days"),
    ],
)
def test_roughly(seconds: float, text: str) -> None:
    assert formats.roughly(seconds) == text


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=4), "4 days ago"),
        (timedelta(days=30), "21 May"),
        (timedelta(days=400), "16 May 2025"),
        (timedelta(days=-2), "22 Jun 2026, 13:00"),
    ],
)
def test_relative(ago: timedelta, text: str) -> None:
    noon = datetime(2026, 6, 20, 12, tzinfo=UTC)
    assert formats.relative(noon - ago, now=noon) == text


def test_yesterday_is_counted_in_the_readers_zone() -> None:
    # 23:30 in London, though 22:30 in UTC; seen at 08:00 London time.
    evening = datetime(2026, 6, 19, 22, 30, tzinfo=UTC)
    morning = datetime(2026, 6, 20, 7, 0, tzinfo=UTC)
    assert formats.relative(evening, now=morning) == "yesterday"
    with timezone.override("Pacific/Auckland"):
        assert formats.relative(evening, now=morning) == "8 hours ago"


def test_absolute_gives_the_time_where_there_is_one() -> None:
    assert formats.absolute(datetime(2026, 6, 20, 12, tzinfo=UTC)) == "20 June 2026, 13:00"
    assert formats.absolute(date(2016, 5, 1)) == "1 May 2016"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Shah", "PS"),
        ("priya.nair@demo.example", "PN"),
        ("Cher", "C"),
        ("🦷", "?"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert formats.initials(name) == letters


@pytest.mark.parametrize(
    ("words", "text"), [([], "–"), (["A"], "A"), (["A", "B"], "A or B"), ("ABC", "A, B or C")]
)
def test_either(words: list[str], text: str) -> None:
    assert formats.either(words) == text


def test_a_phone_number_is_written_as_people_here_dial_it() -> None:
    assert formats.phone("+441162551234") == "0116 255 1234"
    assert formats.phone("+33123456789") == "+33 1 23 45 67 89"
    assert formats.phone("ask at reception") == "ask at reception"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 17, 14, 5, tzinfo=UTC), "since 14:05"),
        (datetime(2026, 11, 16, 14, 5, tzinfo=UTC), "since yesterday, 14:05"),
        (datetime(2026, 7, 1, 14, 5, tzinfo=UTC), "since 1 Jul, 15:05"),
        (datetime(2025, 11, 17, 14, 5, tzinfo=UTC), "since 17 Nov 2025, 14:05"),
    ],
)
def test_since_when(moment: datetime, text: str) -> None:
    assert formats.since(moment, datetime(2026, 11, 17, 18, 0, tzinfo=UTC)) == text
