"""What a person has to do today, and how their month goes beside the last one."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, QuerySet, Subquery

from crm.bounds.counts import counted
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may
from leads.filters import deeds, meanings
from leads.listing import listing
from leads.models import Lead, Tier
from leads.reports import months
from leads.reports.months import Months
from leads.sight import sight
from leads.work import mine
from leads.work.mine import TaskLine

SHOWN = 6
MINE = ("owner", "is", meanings.MINE)
# Of whoever only looks on: their colleagues', and nobody's where those are theirs to see.
OURS = ("owner", "is", meanings.OURS)
OURS_OR_NOBODY_S = (*OURS, meanings.NOBODY)


@dataclass(frozen=True)
class Numbers:
    """How many leads wait for what, each counted no further than the list counts."""

    hot: int
    overdue: int
    today: int
    months: Months | None

    @property
    def hot_label(self) -> str:
        return said(self.hot)

    @property
    def overdue_label(self) -> str:
        return said(self.overdue)

    @property
    def today_label(self) -> str:
        return said(self.today)


class Many(Subquery):
    """How many rows a query gives."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def hot(membership: Membership) -> QuerySet[Lead]:
    """Give hot leads that nobody has contacted yet, the best first.

    Theirs; who owns none since they only look on is given what they see.
    """
    seen = sight.leads(membership)
    if may(membership, Permission.WORK_LEADS):
        seen = seen.filter(owner=membership.user_id)
    wanted = seen.filter(tier=Tier.HOT, closed_at=None, contacted_at=None)
    return wanted.order_by("-score", "-pk")


def to_call(membership: Membership) -> list[Lead]:
    """Give the first of those."""
    return list(hot(membership).select_related("organisation", "stage")[:SHOWN])


def count(membership: Membership) -> Numbers:
    """Count all that in one statement, and what the person has moved in two months.

    Who only looks on has no tasks and moves nothing.
    """
    if not may(membership, Permission.WORK_LEADS):
        many = hot(membership).order_by().values("pk")[: listing.FEW + 1].count()
        return Numbers(many, 0, 0, None)
    me = [meanings.MINE]
    seen = sight.leads(membership)
    due = [seen.filter(deeds.task(membership, name, me)) for name in ("overdue", "today")]
    period = months.period()
    moved = months.of(membership, period)[: months.MOST + 1]
    numbers = [
        *map(_capped, (hot(membership), *due)),
        Many(moved.values("pk")),
        ArraySubquery(months.by_stage(membership, period, moved)),
    ]
    row = Tenant.objects.filter(pk=membership.tenant_id).values_list(*numbers)
    hot_, overdue, today, moves, stages = row.get()
    is_counted = moves <= months.MOST
    return Numbers(hot_, overdue, today, months.read(period, stages or []) if is_counted else None)


def _capped(rows: QuerySet[Any]) -> Many:
    return Many(rows.order_by().values("pk")[: listing.FEW + 1])


def due(membership: Membership) -> list[TaskLine]:
    """Give the first of the person's open tasks that are due before the week is over."""
    found = mine.open_of(membership).filter(due_at__lt=mine.monday())[:SHOWN]
    return [mine.line(task) for task in found]


def said(many: int) -> str:
    """Say how many, as the list does."""
    return counted(many, listing.FEW)
