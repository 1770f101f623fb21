"""Campaigns that run by themselves, and whose time has come."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import schedules, timetable
from campaigns.models import Campaign, Run, Schedule
from crm.tenants.acting import acting_for
from tests.people import Cast

Plan = Callable[..., Schedule]
LATELY = timedelta(minutes=3)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Ada has a campaign run every week at this time; whatever is named differs."""

    def planning(campaign: Campaign, **given: Any) -> Schedule:
        now = datetime.now(UTC)
        wanted = {"every": "week", "weekday": now.weekday(), "at": now.time(), "by": cast.ada}
        with acting_for(campaign.tenant):
            return schedules.plan(campaign, **(wanted | given))

    return planning


def make_due(schedule: Schedule, ago: timedelta = LATELY) -> None:
    Schedule.of(schedule.tenant).filter(pk=schedule.pk).update(due_at=timezone.now() - ago)


def entry(schedule: Schedule) -> timetable.Entry:
    rows = Schedule.of(schedule.tenant).select_related("campaign", "last_run")
    fresh = rows.get(pk=schedule.pk)
    return timetable.read(fresh, schedule.tenant)


def scheduled(campaign: Campaign) -> list[Run]:
    return list(Run.of(campaign.tenant).filter(campaign=campaign, is_scheduled=True))


def lease_runs_out(schedule: Schedule) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Schedule.of(schedule.tenant).filter(pk=schedule.pk).update(lease_until=past)
