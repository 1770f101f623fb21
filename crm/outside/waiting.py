"""How long an answer asks to be left alone."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

LONGEST = 86_400.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0


def asked(headers: Mapping[str, str]) -> float | None:
    """Give the seconds that the answer names, in whatever form; None if it names none."""
    text = headers.get("Retry-After", "").strip()
    seconds = _number(text)
    if seconds is None and text:
        seconds = _until(text, headers)
    if seconds is None:
        seconds = _reset(headers)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST)


def pause(tries: int) -> float:
    """Give the seconds before the next try: ever longer, and never the same for all."""
    most = min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
    return random.uniform(most / 2, most)  # noqa: S311 - no secret


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _until(text: str, headers: Mapping[str, str]) -> float | None:
    moment = _date(text)
    return None if moment is None else (moment - _now(headers)).total_seconds()


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reset(headers: Mapping[str, str]) -> float | None:
    """Companies House names the end of its window as a moment, in seconds since 1970."""
    number = _number(headers.get("X-Ratelimit-Reset", "").strip())
    if number is None or number < 1_000_000_000:
        return None
    left = number - _now(headers).timestamp()
    return left if left > 0 else None


def _now(headers: Mapping[str, str]) -> datetime:
    """Their clock against their clock, as ours may differ."""
    return _date(headers.get("Date", "")) or timezone.now()
