"""What a score may look at: plain values with their sources, and what has happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

# Where a value stands in the record without a source that told it.
RECORD = ""
# What is asked for who did something, whatever it was; and for likeness to won leads.
HAPPENINGS, CLOSENESS = "happenings", "closeness"


class Told(NamedTuple):
    """Who told a value, and of which day that speaks: as 2026-11-22, "" where nobody knows."""

    source: str
    on: str


Says = Callable[[str], Told | None]


def nobody(name: str) -> Told | None:
    """Say of no value who told it."""
    return None


class Happening(NamedTuple):
    """Something that was done with the lead or by it; `kind` is one of `happenings.KINDS`."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Evidence:
    """`values` by the names of `catalogue`; what is unknown is absent.

    `told` says of some of them which source told them; of the others `otherwise` is asked, by the
    value's name, who brought them. Of happenings the names are those of `happened`. `closeness`
    (0-100) is likeness to won leads, None where nobody can say.
    """

    values: Mapping[str, Any]
    today: date
    told: Mapping[str, Told] = field(default_factory=dict)
    happenings: Sequence[Happening] = ()
    closeness: int | None = None
    otherwise: Says = nobody


def happened(kind: str) -> str:
    """Name what was done, as a receipt asks who told it."""
    return f"{HAPPENINGS}:{kind}"
