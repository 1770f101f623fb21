"""When a schedule is due: wall-clock time of one zone, as moments and in words."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone

WEEK, MONTH = "week", "month"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = range(1, 32)
# Longer than any month.
MOST_DAYS = 31


class Timing(Protocol):
    """`weekday` counts from Monday, 0; a `day` that a month lacks is its last one."""

    every: str
    weekday: int
    day: int
    at: time


def next_time(timing: Timing, after: datetime, zone: str) -> datetime:
    """Give the first moment strictly after `after` at which it is due.

    A time that the clocks of the zone skip that day is the moment at which they go on; one that
    comes twice is the first of the two.
    """
    clock = zone_of(zone)
    # Where clocks skip midnight, a time of yesterday is a moment of today.
    start = after.astimezone(clock).date() - timedelta(days=1)
    days = _weekly(timing.weekday, start) if timing.every == WEEK else _monthly(timing.day, start)
    moments = (_moment(datetime.combine(day, timing.at), clock) for day in days)
    return next(moment for moment in moments if moment > after)


def zone_of(name: str) -> tzinfo:
    """Give the zone of this name, or the installation's own where this machine doesn't know it."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return timezone.get_default_timezone()


def _weekly(weekday: int, start: date) -> Iterator[date]:
    day = start + timedelta(days=(weekday - start.weekday()) % 7)
    while True:
        yield day
        day += timedelta(days=7)


def _monthly(wanted: int, start: date) -> Iterator[date]:
    year, month = start.year, start.month
    while True:
        yield date(year, month, min(wanted, monthrange(year, month)[1]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _moment(wall: datetime, clock: tzinfo) -> datetime:
    # Of a time that comes twice, this is the first.
    there = wall.replace(tzinfo=clock)
    while there.astimezone(UTC).astimezone(clock) != there:
        # Clocks go on at a full minute.
        there = there.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return there.astimezone(UTC)


def label(timing: Timing) -> str:
    """Say when it runs: “Every Monday at 07:00”, “Every month on the 3rd at 07:00”."""
    if timing.every == WEEK:
        day = f"Every {WEEKDAYS[timing.weekday]}"
    elif timing.day == MOST_DAYS:
        day = "Every month on the last day"
    else:
        day = f"Every month on the {timing.day}{_ordinal(timing.day)}"
    return f"{day} at {timing.at:%H:%M}"


def _ordinal(number: int) -> str:
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def zone_label(name: str) -> str:
    """Say whose clock it is: “London time”."""
    known = str(zone_of(name))
    place = known.rpartition("/")[2].replace("_", " ")
    if known != name:
        return f"{place} time, since this machine knows no zone “{name}”"
    return f"{place} time" if "/" in known else known


def day_label(moment: datetime, zone: str, now: datetime) -> str:
    """Say the day in the zone: “Mon 24 Nov”, with its year where that is not this one."""
    there = moment.astimezone(zone_of(zone))
    year = "" if there.year == now.astimezone(zone_of(zone)).year else f" {there.year}"
    return f"{there:%a} {there.day} {there:%b}{year}"


def time_label(moment: datetime, zone: str, now: datetime) -> str:
    """Say the day and the time in the zone: “Mon 24 Nov, 07:00”."""
    return f"{day_label(moment, zone, now)}, {moment.astimezone(zone_of(zone)):%H:%M}"
