"""The parts of an answer, whatever it holds: what is not of the kind that is meant is nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.registers import words

LONGEST = 300
MOST = 200

Given = Mapping[str, Any]


def text(holder: Any, name: str) -> str:
    """A text in one line, "" for whatever is none."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return plain(value)


def plain(value: Any) -> str:
    """The same of the value itself."""
    if not isinstance(value, str):
        return ""
    return words.cleaned(value[: 4 * LONGEST].replace("\x00", ""))[:LONGEST].rstrip()


def day(holder: Any, name: str) -> date | None:
    """A day that is written like 2026-11-22."""
    try:
        return date.fromisoformat(text(holder, name)[:10])
    except ValueError:
        return None


def whole(holder: Any, name: str) -> int | None:
    """A count."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def flag(holder: Any, name: str) -> bool | None:
    """Yes or no; None where neither is said."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    return value if isinstance(value, bool) else None


def part(holder: Any, *names: str) -> Given:
    """What is inside, by one name after the other; empty where there is no such thing."""
    for name in names:
        holder = holder.get(name) if isinstance(holder, Mapping) else None
    return holder if isinstance(holder, Mapping) else {}


def items(holder: Any, name: str = "items") -> Sequence[Given]:
    """The objects of a list, at most so many."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    found = value[:MOST] if isinstance(value, list) else []
    return [each for each in found if isinstance(each, Mapping)]


def texts(holder: Any, name: str) -> list[str]:
    """The texts of a list, each once."""
    value = holder.get(name) if isinstance(holder, Mapping) else None
    found = map(plain, value[:MOST]) if isinstance(value, list) else []
    return list(dict.fromkeys(filter(None, found)))
