"""What the columns of published files hold, made of one kind: days, points, phones, facts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from crm.registers.formats.contract import UnreadableRow

# West, south, east, north of the United Kingdom.
KINGDOM = (-8.7, 49.8, 1.8, 60.9)
DAYS_KEPT = 50_000


@lru_cache(maxsize=DAYS_KEPT)
def british_day(text: str) -> date | None:
    """The day that is written like 31/12/2026."""
    return day(text[6:], text[3:5], text[:2]) if text else None


@lru_cache(maxsize=DAYS_KEPT)
def iso_day(text: str) -> date | None:
    """The day that is written like 2026-12-31, whatever time of the day follows."""
    return day(text[:4], text[5:7], text[8:10]) if text else None


def day(year: str, month: str, number: str) -> date:
    """The day of these figures."""
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise UnreadableRow("unreadable date") from None


def said(text: str, read: Callable[[str], date | None]) -> str:
    """The day as a fact keeps it; "" for one that cannot be read: the row is none the worse."""
    try:
        found = read(text)
    except UnreadableRow:
        return ""
    return found.isoformat() if found else ""


def point(longitude: str, latitude: str) -> tuple[float, float] | None:
    """A point in the United Kingdom, None for nowhere and for one that lies outside of it."""
    if not longitude or not latitude:
        return None
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        raise UnreadableRow("unreadable point") from None
    west, south, east, north = KINGDOM
    return (x, y) if west <= x <= east and south <= y <= north else None


def phone(text: str) -> str:
    """A phone number; one that a spreadsheet took for a number gets its leading 0 back."""
    if text.isascii() and text.isdigit() and len(text) in (9, 10) and text[0] != "0":
        return f"0{text}"
    return text


def facts(**found: Any) -> dict[str, Any]:
    """What is worth keeping, without what is empty."""
    return {name: value for name, value in found.items() if value}


def parts(text: str) -> list[str]:
    """What a column holds between upright lines."""
    return [part.strip() for part in text.split("|") if part.strip()]


def trades(said: Iterable[str], known: Mapping[str, str], *, other: str) -> list[str]:
    """The trades of these words, each once and in the order of the table; else the other one."""
    words = {each.casefold() for each in said}
    found = dict.fromkeys(trade for word, trade in known.items() if word in words)
    return list(found) or [other]
