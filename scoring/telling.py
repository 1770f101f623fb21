"""Who told what a line saw, as a receipt keeps it."""

from collections.abc import Callable, Sequence
from typing import Any

from scoring.evidence import RECORD

# Who told something, and of which day that speaks, as they are written and as they are said.
Naming = Callable[[str, str], tuple[str, str]]


def plainly(source: str, on: str) -> tuple[str, str]:
    """Say both as they are written."""
    return source, on


def sourced(row: list[Any], sources: Sequence[Sequence[str]], naming: Naming) -> list[Any]:
    """Give a line with its source and its day in words; "" for those that it does not have.

    They stand at its end, or their place among the receipt's `sources` does.
    """
    by = row[3:]
    if by and isinstance(by[0], int):
        by = [*sources[by[0]]] if by[0] < len(sources) else []
    return [*row[:3], *(naming(by[0], by[1]) if len(by) == 2 else (RECORD, ""))]
