"""How many leads a person brought into each stage this month, beside the last one.

The last month is counted to the same day, so that the two can be compared. Of whoever moves very
many they are counted in the background, as `campaigns.reporting` counts the company's figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from crm.look.formats import thousands
from crm.look.graphs import Bar, Said
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership
from leads.filters import meanings
from leads.models import StageMove
from leads.records.history import STANDS
from leads.reports import addresses
from leads.sight import sight

# Counted within some 20 ms; who moves more has moved them in bulk.
MOST = 5000
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first of this month to today, and of the last month as many days; in one zone."""

    first: date
    today: date
    first_before: date
    last_before: date


@dataclass(frozen=True)
class Months:
    """Leads by stage, in this month and in the last one."""

    period: Period
    this: dict[str, int]
    last: dict[str, int]


def period() -> Period:
    """Give it as of today, in the reader's zone."""
    today = timezone.localdate()
    first = today.replace(day=1)
    end = first - ONE
    return Period(first, today, end.replace(day=1), min(end, end.replace(day=1) + (today - first)))


def of(membership: Membership, period: Period) -> QuerySet[StageMove]:
    """Give what the person has moved since the last month began, of leads that they see."""
    rows = StageMove.of(membership.tenant).filter(
        STANDS, by=membership.user_id, at__gte=meanings.start(period.first_before)
    )
    rows = rows.filter(from_stage__isnull=False, lead__in=sight.leads(membership))
    return rows.order_by("-at")


def by_stage(
    membership: Membership, period: Period, moves: QuerySet[StageMove]
) -> QuerySet[Any, Any]:
    """Count the leads by stage; there and back and there again is one."""
    rows = StageMove.of(membership.tenant).filter(pk__in=moves.values("pk"))
    since = Q(at__gte=meanings.start(period.first))
    until = Q(at__lt=meanings.start(period.last_before + ONE))
    counted = (
        rows.order_by()
        .values("to_stage")
        .annotate(
            this=Count("lead", distinct=True, filter=since),
            last=Count("lead", distinct=True, filter=until),
        )
    )
    row = JSONObject(stage="to_stage", this="this", last="last")
    return counted.annotate(row=row).values_list("row", flat=True)


def read(period: Period, rows: Iterable[dict[str, Any]]) -> Months:
    """Read what was counted by stage."""
    known = [row for row in rows if row["stage"]]
    this, last = ({row["stage"]: row[name] for row in known} for name in ("this", "last"))
    return Months(period, this, last)


def keep(membership: Membership) -> dict[str, Any]:
    """Count them all, as they are kept; in the zone of the person."""
    known = period()
    rows = by_stage(membership, known, of(membership, known))
    return {
        "key": str(membership.user_id),
        "period": [day.isoformat() for day in vars(known).values()],
        "stages": list(rows),
    }


def kept(row: dict[str, Any]) -> Months:
    """Read what was kept."""
    return read(Period(*map(date.fromisoformat, row["period"])), row["stages"])


def bars(months: Months, stages: Iterable[Stage]) -> list[Bar]:
    """Draw them; nothing is brought into the stage that all are born into."""
    return [_bar(months, stage) for stage in stages if stage.kind != Kind.DISCOVERY]


def _bar(months: Months, stage: Stage) -> Bar:
    known, key = months.period, str(stage.pk)
    this, last = months.this.get(key, 0), months.last.get(key, 0)

    def where(first: date, day: date) -> str:
        return addresses.leads(("brought", "during", first.isoformat(), day.isoformat(), key))

    before = Said(thousands(last), where(known.first_before, known.last_before), before="/ ")
    return Bar(
        stage.name,
        this,
        Said(thousands(this), where(known.first, known.today)),
        (before,),
        before=last,
        stage=stage.kind,
    )
