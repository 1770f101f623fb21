"""A task is a wake-up and nothing more: sent on commit, it finds what is due in our own rows."""

from typing import Any

import pytest
from django.db import transaction
from django_q.models import OrmQ

from crm import tasks
from crm.work.models import Heartbeat, State
from crm.work.renewal import SUPERVISOR
from leads.models import FlowStep
from tests.work.conftest import Steps

pytestmark = pytest.mark.usefixtures("committed_db")
OURS, THEIRS = "worker:ours", "worker:theirs"


def test_a_wake_up_is_sent_when_the_change_is_committed() -> None:
    with transaction.atomic():
        tasks.wake()
        assert not OrmQ.objects.exists()
    assert OrmQ.objects.count() == 1


def test_a_change_that_is_undone_wakes_nobody() -> None:
    with transaction.atomic():
        tasks.wake()
        transaction.set_rollback(True)
    assert not OrmQ.objects.exists()


def test_whoever_is_woken_gives_a_sign_of_life_and_does_what_is_due(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SUPERVISOR, OURS)
    steps(4)
    tasks.work()
    assert Heartbeat.objects.get().name == OURS
    assert set(FlowStep.across_tenants.values_list("state", flat=True)) == {State.DONE}


def test_a_beat_is_sent_only_when_none_waits_for_the_same_cluster() -> None:
    assert tasks.send_beat(OURS) is True
    assert tasks.send_beat(OURS) is False
    assert tasks.send_beat(THEIRS) is True
    assert OrmQ.objects.count() == 2


def test_forgotten_beats_leave_wake_ups_and_the_beats_of_others() -> None:
    tasks.send_beat(OURS)
    tasks.send_beat(THEIRS)
    tasks.wake()
    tasks.forget_beats(OURS)
    assert sorted(OrmQ.objects.values_list("key", flat=True)) == ["crm", THEIRS]


def test_whoever_is_woken_hears_further_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a worker which waits for others need not look at all tables that often."""
    given: list[Any] = []
    monkeypatch.setattr("crm.tasks.drain", lambda seconds, **more: given.append(more["calls"]()))
    for _ in range(2):
        tasks.wake()
    tasks.work()
    assert given == [2]
