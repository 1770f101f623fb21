"""Whom to find and where, and what every source says of what it can search by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from campaigns.kinds import Kind
from crm.places.locate import Place

KEYWORDS, SECTORS, SIZE, JOB_TITLES = "keywords", "sectors", "size", "job_titles"


@dataclass(frozen=True)
class Target:
    """Whom to find: this kind, within so many miles of the place.

    `takes_edge`: also where only the area is known, if its middle lies in the circle. `extra` is
    what only this kind asks, by the names of its fields; `sectors` narrow it to these trades.
    """

    kind: Kind
    place: Place
    miles: int
    takes_edge: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    sectors: Sequence[str] = ()


class Asked(Protocol):
    """What every source says of itself.

    `costs` says whether its answers are paid for, `tells_size` whether they know employees, and
    `understands` which of the further criteria it searches by (`KEYWORDS` …); the others are
    checked where that is possible, or not at all.
    """

    slug: str
    label: str
    costs: bool
    tells_size: bool
    understands: frozenset[str]

    def serves(self, kind: Kind) -> bool:
        """Say whether this source can find anything for the kind."""
