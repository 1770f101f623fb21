"""What changed between two loads of a register, in words."""

from datetime import date
from typing import Any

from crm.look import formats
from crm.registers.models import Change

Kind = Change.Kind
OPEN = "active"


def sentence(kind: str, on: date, before: dict[str, Any]) -> str:
    """Say it in one sentence; `on` is the day of the file that said so first."""
    day = f"as of {formats.absolute(on)}"
    match kind:
        case Kind.MOVED:
            return f"Moved, {day}, from {_place(before) or 'a place that was not known'}."
        case Kind.RENAMED:
            return f"Renamed, {day}, from “{before.get('name', '')}”."
        case Kind.STANDING:
            return f"Another status, {day}; before: {(before.get('status') or OPEN).lower()}."
        case Kind.CLOSED:
            return f"Dissolved or closed, {day}."
        case Kind.REOPENED:
            return f"Open again, {day}."
    return f"{Kind(kind).label}, {day}."


def _place(before: dict[str, Any]) -> str:
    parts = (before.get(name, "") for name in ("address", "town", "postcode"))
    return ", ".join(part for part in parts if part)
