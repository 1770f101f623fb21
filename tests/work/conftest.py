"""Rows of work, and a drain that does what the test says."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.upward import named
from crm.work.lease import SECONDS_AFTER_CRASHES
from crm.work.models import State
from leads.models import FlowStep
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast
from tests.work import tables

Steps = Callable[..., list[FlowStep]]


@pytest.fixture
def steps(cast: Cast) -> Steps:
    """Makes rows that are due, the first of them for the longest time."""

    def make(many: int = 1, **fields: Any) -> list[FlowStep]:
        long_ago = timezone.now() - timedelta(hours=1)
        return [
            FlowStepFactory(
                lead=LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant)),
                **{"due_at": long_ago + timedelta(seconds=place)} | fields,
            )
            for place in range(many)
        ]

    return make


@pytest.fixture(autouse=True)
def _chosen_tables(settings: Any) -> Iterator[None]:
    use(settings, "STEPS")
    yield
    named.cache_clear()


def use(settings: Any, *names: str) -> None:
    """Have the drain look at these tables."""
    settings.WORK_TABLES = [f"tests.work.tables.{name}" for name in names]
    named.cache_clear()
    for kept in (tables.worked, tables.given_up, tables.behaviour):
        kept.clear()


def holder_dies(step: FlowStep) -> None:
    """The lease of a row runs out, as when its worker was killed, and so does its rest."""
    rows = FlowStep.of(step.tenant).filter(pk=step.pk, state=State.LEASED)
    step.refresh_from_db(fields=["crashes"])
    rest = SECONDS_AFTER_CRASHES * step.crashes**2
    assert rows.update(lease_until=timezone.now() - timedelta(seconds=rest + 1)) == 1


def becomes_due(step: FlowStep) -> None:
    """Time passes until the row is due."""
    FlowStep.of(step.tenant).filter(pk=step.pk).update(due_at=timezone.now() - timedelta(seconds=1))
