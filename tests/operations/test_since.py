"""Since when a row is at work, and since when it is dead."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from crm.ids import moment
from crm.upward import named
from crm.work import drain
from crm.work.lease import claim
from crm.work.models import State
from leads.models import FlowStep
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
LONG_AGO = timedelta(hours=3)


@pytest.fixture
def _failing(settings: Any) -> Iterator[None]:
    settings.WORK_TABLES = ["tests.operations.failing.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


@pytest.fixture
def step(cast: Cast) -> FlowStep:
    """Due for hours, with one attempt left."""
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return FlowStepFactory(lead=lead, attempts=4, due_at=timezone.now() - LONG_AGO)


def test_a_lease_tells_when_the_row_was_claimed(step: FlowStep) -> None:
    before = timezone.now() - timedelta(milliseconds=1)
    assert claim(FlowStep, 1) is not None
    step.refresh_from_db()
    assert step.lease_token is not None
    since = moment(step.lease_token)
    assert since is not None
    assert before <= since <= timezone.now()


def test_an_id_of_another_make_tells_nothing() -> None:
    assert moment(uuid4()) is None


@pytest.mark.usefixtures("_failing")
def test_a_row_that_was_given_up_says_since_when(step: FlowStep) -> None:
    before = timezone.now()
    drain.drain(10)
    step.refresh_from_db()
    assert (step.state, step.last_error) == (State.DEAD, "RuntimeError: never")
    assert before <= step.due_at <= timezone.now()
