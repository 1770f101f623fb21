"""A value as it is compared and counted: a number, a short text, several of them, or unknown."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from math import isfinite

from scoring.chance.example import Value

Clean = float | str | tuple[str, ...] | None

# Of a text only its beginning is looked at: what is longer is no category.
LOOKED_AT = 400
LONGEST = 80
MOST_ITEMS = 50
YES, NO = "yes", "no"


def clean(value: Value | object, at: datetime) -> Clean:
    """Make it finite and bounded; dates become days before `at`, texts lose case and blanks."""
    if value is None:
        return None
    if isinstance(value, str):
        return text(value).casefold() or None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, date):
        return float((day(at) - day(value)).days)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes | bytearray):
        return several(value)
    return None


def text(value: str) -> str:
    """Its beginning on one line, without what can't be printed or stored."""
    start = " ".join(value[:LOOKED_AT].split())
    if not start.isprintable():
        start = "".join(filter(str.isprintable, start))
    return start[:LONGEST].strip()


def number(value: int | float | Decimal) -> float | None:
    try:
        found = float(value)
    except (OverflowError, ValueError):
        return None
    return found if isfinite(found) else None


def several(values: Iterable[object]) -> tuple[str, ...]:
    """Each once, in their order."""
    found = (text(each).casefold() for each in islice(values, MOST_ITEMS) if isinstance(each, str))
    return tuple(dict.fromkeys(filter(None, found)))


def moment(at: datetime) -> datetime:
    """With a zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
