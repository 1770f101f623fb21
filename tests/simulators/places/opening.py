"""Opening hours as Google tells them."""

import time
from datetime import date, timedelta
from typing import Any

from tests.simulators.truth.presence import DAYS, Hours

Json = dict[str, Any]


def regular(hours: Hours, now: float) -> Json:
    periods = []
    for at, span in enumerate(hours):
        if span:
            periods.append({"open": point(at, span[0]), "close": point(at, span[1])})
    return {
        "openNow": is_open(hours, now),
        "periods": periods,
        "weekdayDescriptions": [described(at, span) for at, span in enumerate(hours)],
    }


def current(hours: Hours, now: float) -> Json:
    """Those of the next seven days, each with its date."""
    found = regular(hours, now)
    today = date.fromtimestamp(now)
    for period in found["periods"]:
        off = (period["open"]["day"] - google_day(today.weekday())) % 7
        day = today + timedelta(days=off)
        written = {"year": day.year, "month": day.month, "day": day.day}
        period["open"]["date"] = period["close"]["date"] = written
    return found


def google_day(at: int) -> int:
    """Google's week begins on Sunday, with 0."""
    return (at + 1) % 7


def point(at: int, clock: str) -> Json:
    return {"day": google_day(at), "hour": int(clock[:2]), "minute": int(clock[3:])}


def described(at: int, span: tuple[str, str] | None) -> str:
    """With the narrow blanks that Google puts in."""
    if span is None:
        return f"{DAYS[at]}: Closed"
    return f"{DAYS[at]}: {spoken(span[0])}\u2009–\u2009{spoken(span[1])}"


def spoken(clock: str) -> str:
    hour = int(clock[:2])
    half = "AM" if hour < 12 else "PM"
    return f"{(hour - 1) % 12 + 1}:{clock[3:]}\u202f{half}"


def is_open(hours: Hours, now: float) -> bool:
    when = time.localtime(now)
    span = hours[when.tm_wday]
    return bool(span and span[0] <= f"{when.tm_hour:02d}:{when.tm_min:02d}" < span[1])
