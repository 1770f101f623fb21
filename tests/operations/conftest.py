"""Workers that were heard of, and minutes in which something was done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.work.models import Heartbeat, State, Tally
from leads.models import FlowStep
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

Steps = Callable[..., list[FlowStep]]


def beat(seconds_ago: float = 1, name: str = "worker:one", host: str = "db-7.internal") -> None:
    """A sign of life, and a sweep that did twelve rows."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Heartbeat.objects.create(name=name, at=at, host=host, pid=4711, swept_at=at, swept_rows=12)


def worked(minutes_ago: int, done: int, failed: int = 0, name: str = "leads' next steps") -> None:
    """A minute of the tally."""
    minute = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=minutes_ago)
    Tally.objects.create(name=name, minute=minute, done=done, failed=failed, busy_ms=1500)


@pytest.fixture
def steps(db: None, cast: Cast) -> Steps:
    """Makes next steps of leads, dead ones unless it is said otherwise."""

    def make(many: int = 1, **fields: Any) -> list[FlowStep]:
        tenant = fields.pop("tenant", cast.tenant)
        now = timezone.now()
        given = {"state": State.DEAD, "attempts": 5, "last_error": "RuntimeError: no"} | fields
        return [
            FlowStepFactory(
                lead=LeadFactory(organisation=OrganisationFactory(tenant=tenant)),
                **{"due_at": now - timedelta(minutes=place)} | given,
            )
            for place in range(many)
        ]

    return make
