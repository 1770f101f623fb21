"""What a discovery source is: it says what it expects for a target and yields candidates.

A source that is walked looks into our own database; one that is asked (see `live`) calls a vendor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from campaigns.target import JOB_TITLES, KEYWORDS, SECTORS, SIZE, Asked, Target
from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.identity.candidate import Candidate
from leads.intake.grounds import Ground

__all__ = [
    "EDGE", "JOB_TITLES", "KEYWORDS", "MOST_COUNTED", "SECTORS", "SIZE", "Advice", "Asked", "Basis",
    "Cursor", "Preview", "Sighting", "Source", "Target",
]  # fmt: skip
Cursor = list[Any]
# The refusal of what may lie in the circle or not: known to its area only.
EDGE = "Near the edge of the circle"
# Nobody counts further: what is more is said to be “10,000+”.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Sighting:
    """A candidate where a walk met it. `refusal` says why it can't be a lead, "" if it may, and
    `detail` what speaks for that; `ground` is the same for machines, where CLOSED means that an
    organisation has ended which we may know. `cost_micros` (millionths of a pound) is what seeing
    it has cost.

    `cursor` is its place in the fixed order of the walk, JSON only; `key` names it for ever.
    """

    candidate: Candidate
    key: str
    cursor: Cursor
    miles: float | None
    refusal: str = ""
    detail: str = ""
    ground: Ground = Ground.NEW
    cost_micros: int = 0


@dataclass(frozen=True)
class Basis:
    """One published list that a source would search, with its date and what it holds here."""

    label: str
    as_of: date | None
    count: int


class Advice(NamedTuple):
    """What would let a source find more; `how` is for whoever looks after the installation."""

    said: str
    how: str = ""


@dataclass(frozen=True)
class Preview:
    """What a launch would find; `matching` counts sites, not entries: some are entered twice.

    `edge` counts those of which it can't be told whether they lie in the circle, and which are left
    out; `takeable` are those of them that the target would take with its edge.

    Where more than MOST_COUNTED match, `matching` is one more than that, `known` and the bases
    count among the `looked_at` nearest alone, and the edge is not counted. `advice` says what
    would let the source find more.
    """

    matching: int
    known: int
    edge: int
    takeable: int
    bases: list[Basis]
    first_ten: list[RegisterEntry]
    looked_at: int = 0
    advice: Sequence[Advice] = ()

    @property
    def is_more(self) -> bool:
        """Whether more match than were counted."""
        return self.matching > MOST_COUNTED

    @property
    def new(self) -> int:
        """How many are not known; at least so many where more match than were counted."""
        return (self.looked_at if self.is_more else self.matching) - self.known


class Source(Asked, Protocol):
    """A source that is walked, in a fixed order."""

    def new(self, tenant: Tenant, target: Target, *, after: Cursor | None = None) -> int:
        """Count what lies behind `after` in the target and is not known to the tenant.

        As far as MOST_COUNTED + 1.
        """

    def preview(self, tenant: Tenant, target: Target) -> Preview:
        """Look before a launch, without changing anything."""

    def settled(self, target: Target, reached: Cursor) -> Cursor | None:
        """Give the place up to which a walk that reached so far holds in a wider circle, too.

        None where all of it must be walked again.
        """

    def walk(
        self,
        tenant: Tenant,
        target: Target,
        *,
        after: Cursor | None,
        stop_at: Cursor | None,
        most: int,
    ) -> Sequence[Sighting]:
        """Give the next sightings in the fixed order; fewer than `most` mean the end.

        With `stop_at`, where the campaign has been before: also what has closed since.
        """
