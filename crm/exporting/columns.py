"""What a file's columns are called, and where each finds its value in a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

# Text, a number, a day, a moment, yes or no; or nothing, which is an empty cell.
Cell = str | int | Decimal | date | datetime | bool | None
Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`value` finds the cell in a row; it asks the database nothing."""

    label: str
    value: Callable[[Row], Cell]
