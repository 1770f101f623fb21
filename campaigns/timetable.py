"""A schedule in words: when it runs, when next, and what came of the last time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from campaigns import calendar, sight
from campaigns.models import Run, Schedule
from crm.tenants.models import Membership, Tenant
from crm.work.models import State

RUN_OF_STATE = {
    Run.State.QUEUED: "Under way.",
    Run.State.RUNNING: "Under way.",
    Run.State.WAITING: "Under way.",
    Run.State.FAILED: "Failed.",
}


@dataclass(frozen=True)
class Entry:
    """`next` is "" while the schedule is off; `last` and `result` are before its first time."""

    schedule: Schedule
    when: str
    zone: str
    next: str
    last: str
    result: str

    @property
    def last_line(self) -> str:
        """When it was due last, and what came of it."""
        if not self.last:
            return "Not yet"
        return f"{self.last}: {self.result}" if self.result else self.last


def rows(membership: Membership) -> QuerySet[Schedule]:
    """Give the schedules of the campaigns that the member sees, with what their entries need.

    The next one comes first, and what is idle last.
    """
    found = Schedule.of(membership.tenant).filter(campaign__in=sight.campaigns(membership))
    found = found.select_related("campaign", "last_run", "made_by")
    idle = When(state__in=[State.HELD, State.DEAD], then=Value(1))
    is_idle = Case(idle, default=Value(0), output_field=IntegerField())
    return found.order_by(is_idle, "due_at", "id")


def read(schedule: Schedule, tenant: Tenant) -> Entry:
    """Put the schedule in words, in the tenant's zone."""
    now = timezone.now()
    return Entry(
        schedule=schedule,
        when=calendar.label(schedule),
        zone=calendar.zone_label(tenant.zone),
        next=_next(schedule, tenant.zone, now),
        last=calendar.day_label(schedule.last_at, tenant.zone, now) if schedule.last_at else "",
        result=_result(schedule),
    )


def _next(schedule: Schedule, zone: str, now: datetime) -> str:
    if not schedule.is_on:
        return ""
    if schedule.attempts:
        return "again within a minute, since it could not start"
    if schedule.due_at <= now:
        return "now, as soon as a worker is free"
    return calendar.time_label(schedule.due_at, zone, now)


def _result(schedule: Schedule) -> str:
    """Say what came of the last time: why there was no run, or what that run says of itself."""
    run = schedule.last_run
    if schedule.last_result or run is None:
        return schedule.last_result
    return RUN_OF_STATE.get(Run.State(run.state), run.reason)
