"""A source that costs money and knows how many people work somewhere."""

from collections.abc import Sequence
from typing import Any

from campaigns.discovery.contract import Cursor, Preview, Sighting, Target
from campaigns.kinds import Kind
from campaigns.target import SIZE
from crm.tenants.models import Tenant
from leads.identity.candidate import Candidate

PENNY = 10_000


class Fernbook:
    """Sells one organisation a mile, of as many people as it is miles away."""

    slug = "fernbook"
    label = "Fernbook"
    costs = True
    tells_size = True
    understands = frozenset({SIZE})

    def serves(self, kind: Kind) -> bool:
        return kind.slug == "planning_applications"

    def new(self, tenant: Tenant, target: Target, *, after: Cursor | None = None) -> int:
        return target.miles - (after[0] if after else 0)

    def preview(self, tenant: Tenant, target: Target) -> Preview:
        return Preview(target.miles, 0, 0, 0, [], [])

    def settled(self, target: Target, reached: Cursor) -> Cursor | None:
        return reached

    def walk(
        self,
        tenant: Tenant,
        target: Target,
        *,
        after: Cursor | None,
        stop_at: Cursor | None,
        most: int,
    ) -> Sequence[Sighting]:
        first = (after[0] if after else 0) + 1
        last = min(target.miles, first + most - 1)
        return [self._sighting(miles) for miles in range(first, last + 1)]

    def _sighting(self, miles: int) -> Sighting:
        works: Any = Candidate(name=f"Works {miles}", source="other", employees=miles)
        return Sighting(works, f"works:{miles}", [miles], float(miles), cost_micros=PENNY)
