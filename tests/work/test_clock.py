"""Somebody sets the clock back by an hour, and work goes on."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.ids import uuid7
from crm.work import signs_of_life
from crm.work.lease import claim
from crm.work.models import Heartbeat, State
from leads.models import FlowStep
from tests.work.conftest import Steps

pytestmark = pytest.mark.usefixtures("committed_db")


def ahead(**time: float) -> Any:
    return timezone.now() + timedelta(**time)


def test_what_was_ready_before_is_taken_though_it_seems_to_be_of_the_future(steps: Steps) -> None:
    (step,) = steps(1, due_at=ahead(hours=1))
    assert claim(FlowStep, 5) is not None
    step.refresh_from_db()
    assert (step.state, step.crashes) == (State.LEASED, 0)


def test_a_lease_of_the_future_is_that_of_a_dead_worker(steps: Steps) -> None:
    (step,) = steps(
        1, state=State.LEASED, lease_token=uuid7(), lease_until=ahead(hours=1, seconds=12)
    )
    assert claim(FlowStep, 5) is not None
    step.refresh_from_db()
    assert (step.state, step.crashes) == (State.LEASED, 1)


@pytest.mark.parametrize(
    "fields",
    [
        # A time of its own: a schedule, an answer from outside.
        {"state": State.WAITING, "due_at": {"hours": 1}},
        {"state": State.HELD, "due_at": {"hours": 1}},
        {"state": State.DONE, "due_at": {"hours": 1}},
        {"state": State.DEAD, "due_at": {"hours": 1}},
        # Put off a moment ago, and held by a worker that lives.
        {"state": State.READY, "due_at": {"seconds": 50}},
        {"state": State.LEASED, "due_at": {"hours": 1}, "lease_until": {"seconds": 12}},
    ],
)
def test_what_has_its_own_time_is_left_alone(steps: Steps, fields: dict[str, Any]) -> None:
    given = {
        name: ahead(**value) if isinstance(value, dict) else value for name, value in fields.items()
    }
    steps(1, lease_token=uuid7() if fields["state"] == State.LEASED else None, **given)
    assert claim(FlowStep, 5) is None


def heard(**ago: float) -> None:
    at = timezone.now() - timedelta(**ago)
    Heartbeat.objects.create(name=f"worker:{uuid7().hex}", at=at, host="there", pid=1)


def test_nobody_is_there_before_the_first_sign_of_life() -> None:
    assert (signs_of_life.age(), signs_of_life.is_anybody_there()) == (None, False)


@pytest.mark.parametrize(("seconds", "is_there"), [(0, True), (15, True), (21, False)])
def test_a_worker_that_is_silent_for_twenty_seconds_is_gone(seconds: int, is_there: bool) -> None:
    heard(seconds=seconds)
    heard(hours=1)
    assert signs_of_life.is_anybody_there() is is_there
    assert signs_of_life.age() == pytest.approx(seconds, abs=1)


def test_a_sign_of_life_of_the_future_proves_nothing() -> None:
    heard(hours=-1)
    assert (signs_of_life.age(), signs_of_life.is_anybody_there()) == (None, False)
    heard(seconds=30)
    assert signs_of_life.is_anybody_there() is False
    heard(seconds=2)
    assert signs_of_life.is_anybody_there() is True
