"""Counting no further than a person reads."""

from typing import Any

from django.db.models import QuerySet


def capped(rows: QuerySet[Any], most: int) -> int:
    """Count up to one more than `most`."""
    return rows.order_by()[: most + 1].count()


def counted(found: int, most: int) -> str:
    """Say what `capped` found; beyond the bound it is “10,000+”."""
    return f"{most:,}+" if found > most else f"{found:,}"
