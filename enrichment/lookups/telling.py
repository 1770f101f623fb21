"""What was told, written down and read again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from enrichment.told import Told


def write(told: Iterable[Told]) -> list[dict[str, Any]]:
    """Give them as JSON, without what says nothing."""
    return [_written(each) for each in told]


def _written(told: Told) -> dict[str, Any]:
    row: dict[str, Any] = {"field": told.field, "value": told.value, "way": told.way}
    if told.url:
        row["url"] = told.url
    if told.quote:
        row["quote"] = told.quote
    if told.as_of:
        row["as_of"] = told.as_of.isoformat()
    if told.about:
        row["about"] = told.about
    if told.is_denied:
        row["is_denied"] = True
    return row


def read(rows: Iterable[dict[str, Any]]) -> list[Told]:
    """Read what `write` gave."""
    return [
        Told(
            row["field"],
            row["value"],
            row["way"],
            row.get("url", ""),
            row.get("quote", ""),
            date.fromisoformat(row["as_of"]) if "as_of" in row else None,
            row.get("about", ""),
            row.get("is_denied", False),
        )
        for row in rows
    ]
