"""Whose work it is: the unfinished rows of each tenant, for who looks after the installation."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from crm.tenants.models import Tenant
from crm.work.drain import tables
from crm.work.models import LIVE, State

WAITING = (State.READY, State.WAITING)
NAMES = {State.READY: "ready", State.LEASED: "leased", State.WAITING: "waiting"}
ASIDE = {State.HELD: "waiting", State.DEAD: "dead"}


@dataclass
class Share:
    """A tenant's rows in all tables, as in a `Depth`."""

    tenant: Tenant
    ready: int = 0
    waiting: int = 0
    leased: int = 0
    dead: int = 0
    oldest: datetime | None = None

    @property
    def unfinished(self) -> int:
        return self.ready + self.waiting + self.leased + self.dead

    @property
    def oldest_waiting_s(self) -> float:
        return (timezone.now() - self.oldest).total_seconds() if self.oldest else 0.0


def by_tenant(most: int) -> list[Share]:
    """List the tenants that have most to be done, with what failed counted too."""
    counted: dict[UUID, dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    for tenant, state, many, oldest in _counts():
        share = counted[tenant]
        share[(NAMES | ASIDE)[State(state)]] += many
        if oldest is not None:
            share["oldest"] = min(oldest, share.get("oldest") or oldest)
    names = Tenant.objects.in_bulk(counted)
    # A tenant that was deleted a moment ago has no name any more.
    shares = [Share(names[each], **found) for each, found in counted.items() if each in names]
    return sorted(shares, key=lambda share: (-share.unfinished, share.tenant.name))[:most]


def _counts() -> Iterator[tuple[UUID, str, int, datetime | None]]:
    """Count by tenant and state, from the indexes of what lives and of what was set aside."""
    due = Min("due_at", filter=Q(state__in=WAITING, due_at__lte=timezone.now()))
    for table in tables():
        rows: QuerySet[Any] = table.model._default_manager.order_by()
        for which in (LIVE, Q(state__in=ASIDE)):
            grouped = rows.filter(which).values_list("tenant", "state")
            yield from grouped.annotate(many=Count("pk"), oldest=due)
