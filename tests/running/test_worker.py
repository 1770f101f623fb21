"""The worker's supervisor: beats, and a new cluster when they stop coming."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, ProgrammingError
from django.utils import timezone
from django_q.models import OrmQ

from crm import tasks
from crm.accounts.models import Try
from crm.running import worker
from crm.work.models import Heartbeat
from leads.models import StageDelta
from leads.records import tallies
from tests.factories.leads import LeadFactory

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
# Taken before it is replaced in the module below.
Popen = subprocess.Popen


@pytest.fixture
def supervisor(monkeypatch: pytest.MonkeyPatch) -> Iterator[worker.Supervisor]:
    """One whose cluster only sleeps, and whose wake-ups go nowhere."""
    monkeypatch.setattr(
        worker.subprocess, "Popen", lambda words, **rest: Popen(SLEEPER, start_new_session=True)
    )
    monkeypatch.setattr(tasks, "send_beat", lambda name: True)
    supervisor = worker.Supervisor()
    supervisor.start()
    yield supervisor
    supervisor.end()


@pytest.mark.django_db
def test_a_fresh_cluster_is_given_time(supervisor: worker.Supervisor) -> None:
    first = supervisor.cluster
    supervisor.look()
    assert supervisor.cluster is first


@pytest.mark.django_db
def test_a_silent_cluster_is_killed_and_begun_anew(supervisor: worker.Supervisor) -> None:
    first = supervisor.cluster
    supervisor.since -= 13
    supervisor.look()
    assert supervisor.cluster is not first
    assert first.returncode == -signal.SIGKILL


@pytest.mark.django_db
def test_a_beat_keeps_it(supervisor: worker.Supervisor) -> None:
    first = supervisor.cluster
    supervisor.since -= 13
    Heartbeat.objects.create(name=supervisor.name, at=timezone.now(), host="here", pid=1)
    supervisor.look()
    assert supervisor.cluster is first


@pytest.mark.django_db
def test_the_beat_of_another_machine_does_not_keep_it(supervisor: worker.Supervisor) -> None:
    first = supervisor.cluster
    supervisor.since -= 13
    other = worker.Supervisor()
    assert other.name != supervisor.name
    Heartbeat.objects.create(name=other.name, at=timezone.now(), host="there", pid=1)
    supervisor.look()
    assert supervisor.cluster is not first


@pytest.mark.django_db
def test_a_new_cluster_leaves_the_wake_ups_of_others(supervisor: worker.Supervisor) -> None:
    for key in ("crm", "worker:other", supervisor.name):
        OrmQ.objects.create(key=key, payload="", lock=timezone.now())
    supervisor.cluster.kill()
    supervisor.cluster.wait()
    supervisor.look()
    assert sorted(OrmQ.objects.values_list("key", flat=True)) == ["crm", "worker:other"]


@pytest.mark.django_db
def test_an_end_leaves_no_sign_of_life(supervisor: worker.Supervisor) -> None:
    Heartbeat.objects.create(name=supervisor.name, at=timezone.now(), host="here", pid=1)
    Heartbeat.objects.create(name="worker:other", at=timezone.now(), host="there", pid=1)
    supervisor.end()
    assert Heartbeat.objects.get().name == "worker:other"


@pytest.mark.django_db
def test_those_that_were_killed_long_ago_are_forgotten(supervisor: worker.Supervisor) -> None:
    for name, hours in (("worker:killed", 25), ("worker:other", 23)):
        at = timezone.now() - timedelta(hours=hours)
        Heartbeat.objects.create(name=name, at=at, host="there", pid=1)
        OrmQ.objects.create(key=name, payload="", lock=at)
    supervisor.end()
    supervisor.stop.set()
    supervisor.run()
    assert Heartbeat.objects.get().name == "worker:other"
    assert OrmQ.objects.get().key == "worker:other"


@pytest.mark.django_db
def test_a_cluster_that_ended_is_begun_anew(supervisor: worker.Supervisor) -> None:
    first = supervisor.cluster
    first.kill()
    first.wait()
    supervisor.look()
    assert supervisor.cluster is not first


@pytest.mark.django_db
def test_while_the_database_is_away_nothing_is_killed(
    supervisor: worker.Supervisor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(name: str) -> bool:
        raise OperationalError("the database system is shutting down")

    first = supervisor.cluster
    monkeypatch.setattr(tasks, "send_beat", away)
    monkeypatch.setattr(worker.connection, "close", lambda: None)
    supervisor.since -= 60
    supervisor.look()
    supervisor.look()
    assert supervisor.cluster is first
    assert caplog.text.count("The database does not answer") == 1
    # Back again: silence counts from now on only.
    monkeypatch.setattr(tasks, "send_beat", lambda name: True)
    supervisor.look()
    assert supervisor.cluster is first


@pytest.mark.django_db
def test_while_the_broker_is_away_a_cluster_is_given_more_time(
    supervisor: worker.Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(name: str) -> bool:
        raise tasks.BrokerAway

    first = supervisor.cluster
    monkeypatch.setattr(tasks, "send_beat", away)
    supervisor.since -= 50
    supervisor.look()
    assert supervisor.cluster is first
    # Back again: silence counts from now on only.
    monkeypatch.setattr(tasks, "send_beat", lambda name: True)
    supervisor.look()
    assert supervisor.cluster is first

    monkeypatch.setattr(tasks, "send_beat", away)
    supervisor.since -= 61
    supervisor.look()
    assert supervisor.cluster is not first


@pytest.mark.django_db
def test_every_hour_it_throws_away_what_nobody_looks_at(supervisor: worker.Supervisor) -> None:
    for days in (0, 2):
        Try.objects.create(kind="test", key=str(days), at=timezone.now() - timedelta(days=days))
    supervisor.tidied -= worker.SECONDS_BETWEEN_TIDYING
    supervisor.look()
    assert [each.key for each in Try.objects.all()] == ["0"]


@pytest.mark.django_db
def test_every_minute_it_folds_what_boards_count(supervisor: worker.Supervisor) -> None:
    lead = LeadFactory()
    assert StageDelta.objects.filter(tenant=lead.tenant).exists()
    supervisor.look()
    assert StageDelta.objects.filter(tenant=lead.tenant).exists()
    supervisor.minute -= worker.SECONDS_BETWEEN_MINUTES
    supervisor.look()
    assert not StageDelta.objects.filter(tenant=lead.tenant).exists()
    assert tallies.read(lead.tenant)[lead.stage_id].leads == 1


@pytest.mark.django_db
def test_months_that_can_not_be_tidied_are_not_a_database_that_is_away(
    supervisor: worker.Supervisor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refused() -> None:
        raise ProgrammingError("permission denied for function ledger_tidy")

    monkeypatch.setattr(worker.months, "tidy", refused)
    supervisor.tidied -= 3601
    supervisor.look()
    assert not supervisor.database_is_away
    assert "The months of the audit trail could not be looked after: permission" in caplog.text
    assert "The database does not answer" not in caplog.text
