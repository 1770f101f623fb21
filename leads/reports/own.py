"""What a person has to do today, and how their month goes beside the last one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crm.look.formats import thousands
from crm.look.graphs import Bar
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may
from leads import sight, tasks
from leads.models import Lead, StageMove, Task, Tier
from leads.reports import addresses

SHOWN = 6
# What is counted to its end; of more “200+” is said.
COUNTED = 200
# A person's own in two months; who moves more has moved them in bulk.
MOST_MOVES = 3000
MINE = ("owner", "is", "me")


@dataclass(frozen=True)
class Errand:
    """A task as it is shown."""

    task: Task
    due_label: str
    is_late: bool


@dataclass(frozen=True)
class Due:
    """The tasks until the end of the week: those that are shown, and how many of which urgency."""

    tasks: list[Errand]
    overdue: int
    today: int
    later: int


def to_call(membership: Membership) -> list[Lead]:
    """Give hot leads that nobody has contacted yet, the best first, one more than is counted.

    Theirs; who owns none since they only look on is given what they see.
    """
    seen = sight.leads(membership)
    if may(membership, Permission.WORK_LEADS):
        seen = seen.filter(owner=membership.user_id)
    wanted = seen.filter(tier=Tier.HOT, closed_at=None, contacted_at=None)
    rows = wanted.select_related("organisation", "stage").order_by("-score", "-pk")
    return list(rows[: COUNTED + 1])


def due(membership: Membership) -> Due:
    """Give the person's open tasks that are due before the week is over."""
    now = _now(membership.tenant)
    tomorrow = _midnight(now + timedelta(days=1))
    monday = _midnight(now + timedelta(days=7 - now.weekday()))
    found = list(_tasks(membership).filter(due_at__lt=monday)[: COUNTED + 1])
    overdue = sum(task.due_at < now for task in found)
    today = sum(now <= task.due_at < tomorrow for task in found)
    shown = [Errand(task, tasks.due_label(task.due_at), task.due_at < now) for task in found]
    return Due(shown[:SHOWN], overdue, today, len(found) - overdue - today)


def _tasks(membership: Membership) -> QuerySet[Task]:
    """Give those of leads that the person still sees, the most urgent first."""
    mine = tasks.open_of(membership.tenant).filter(owner=membership.user_id)
    seen = mine.filter(lead__in=sight.leads(membership))
    return seen.select_related("lead__organisation").order_by("due_at", "pk")


def months(membership: Membership, stages: list[Stage]) -> list[Bar]:
    """Draw how many leads the person brought into each stage this month, and in the last one.

    The last month is counted to the same day and hour, so that the two can be compared. Of very
    many moves nothing is drawn.
    """
    tenant = membership.tenant
    now = _now(tenant)
    first = _midnight(now.replace(day=1))
    before = _midnight((first - timedelta(days=1)).replace(day=1))
    until = min(before + (now - first), first)
    theirs = StageMove.of(tenant).filter(by=membership.user_id, at__gte=before, at__lte=Now())
    moved = theirs.exclude(from_stage=None).order_by("-at")
    moves = list(moved.values_list("to_stage", "lead", "at")[: MOST_MOVES + 1])
    if len(moves) > MOST_MOVES:
        return []
    # There and back and there again is one lead.
    this = Counter(
        stage for stage, _ in {(stage, lead) for stage, lead, at in moves if at >= first}
    )
    last = Counter(stage for stage, _ in {(stage, lead) for stage, lead, at in moves if at < until})
    return [
        Bar(
            stage.name,
            this[stage.pk],
            thousands(this[stage.pk]),
            addresses.stage(stage, MINE),
            before=last[stage.pk],
            shown_before=f"/ {thousands(last[stage.pk])}",
            stage=stage.kind,
        )
        for stage in stages
        if stage.kind != Kind.DISCOVERY
    ]


def said(count: int) -> str:
    """Say how many, as far as they were counted."""
    return f"{COUNTED}+" if count > COUNTED else thousands(count)


def _now(tenant: Tenant) -> datetime:
    return timezone.now().astimezone(ZoneInfo(tenant.zone))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
