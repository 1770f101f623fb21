"""What a process of the cluster held that died is free at once, before its lease runs out."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from crm.running import worker
from crm.work.lease import LEASE_SECONDS, claim, holder
from crm.work.models import State
from leads.models import FlowStep
from tests.benchmarks.killing.family import children
from tests.factories.leads import FlowStepFactory, LeadFactory, OrganisationFactory
from tests.people import Cast
from tests.running.processes import eventually

pytestmark = pytest.mark.usefixtures("committed_db")
# A first process with two children, as a cluster has workers.
FAMILY = """
import os, time
from crm.running import births

os.register_at_fork(after_in_child=births.announce)
os.fork() and os.fork()
time.sleep(60)
"""
# Taken before it is replaced in the module below.
Popen = subprocess.Popen


@pytest.fixture
def supervisor(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[worker.Supervisor]:
    """One whose cluster only sleeps."""
    monkeypatch.setattr(
        worker.subprocess, "Popen", lambda _, **rest: Popen([sys.executable, "-c", FAMILY], **rest)
    )
    supervisor = worker.Supervisor()
    supervisor.start()
    assert eventually(lambda: not supervisor.glance() and len(supervisor.members) == 2, 5)
    yield supervisor
    supervisor.end()


def held_by(process: int, cast: Cast) -> FlowStep:
    """A row in the hands of a process of this machine."""
    step: FlowStep = FlowStepFactory(
        lead=LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant)),
        state=State.LEASED,
        lease_token=uuid4(),
        lease_until=timezone.now() + timedelta(seconds=LEASE_SECONDS),
        lease_holder=holder(process),
    )
    return step


def claimed() -> FlowStep | None:
    """The row that another worker is given now."""
    lease = claim(FlowStep, 1)
    return FlowStep.across_tenants.get(lease_token=lease.token) if lease else None


def refuse(*statement: object) -> None:
    """The database is away."""
    raise OperationalError("the connection is closed")


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def test_what_one_held_that_was_killed(supervisor: worker.Supervisor, cast: Cast) -> None:
    one, other = children(supervisor.cluster.pid)
    held, of_the_living = held_by(one, cast), held_by(other, cast)
    assert claimed() is None
    kill(one)
    assert eventually(supervisor.glance, 5)
    step = claimed()
    assert step is not None
    assert (step.pk, step.crashes) == (held.pk, 1)
    assert claimed() is None
    of_the_living.refresh_from_db()
    assert of_the_living.lease_holder == holder(other)


def test_what_all_held_when_the_cluster_is_begun_anew(
    supervisor: worker.Supervisor, cast: Cast
) -> None:
    before = supervisor.cluster
    held = {held_by(each, cast).pk for each in children(before.pid)}
    supervisor.since -= 13
    supervisor.look()
    assert supervisor.cluster is not before
    first = claimed()
    assert first is not None
    # Of rows that crashed nobody holds two.
    FlowStep.of(cast.tenant).filter(pk=first.pk).update(state=State.DONE)
    second = claimed()
    assert second is not None
    assert {first.pk, second.pk} == held


def test_what_was_left_when_the_worker_ends(supervisor: worker.Supervisor, cast: Cast) -> None:
    held = held_by(children(supervisor.cluster.pid)[0], cast)
    supervisor.end()
    step = claimed()
    assert step is not None
    assert step.pk == held.pk


def test_one_that_died_while_the_database_was_away(
    supervisor: worker.Supervisor, cast: Cast
) -> None:
    one, _ = children(supervisor.cluster.pid)
    held_by(one, cast)
    kill(one)
    with connection.execute_wrapper(refuse):
        assert eventually(supervisor.glance, 5)
    assert claimed() is None
    # It is not forgotten, and the silence of that time is nobody's fault.
    supervisor.since -= 60
    first = supervisor.cluster
    assert supervisor.glance()
    supervisor.look()
    assert claimed() is not None
    assert supervisor.cluster is first


def test_a_cluster_that_died_is_begun_anew_while_the_database_is_away(
    supervisor: worker.Supervisor, cast: Cast
) -> None:
    first = supervisor.cluster
    held = held_by(children(first.pid)[0], cast)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    with connection.execute_wrapper(refuse):
        supervisor.look()
    assert supervisor.cluster is not first
    assert claimed() is None
    assert supervisor.glance()
    step = claimed()
    assert step is not None
    assert step.pk == held.pk


def test_a_cluster_that_cannot_start_is_not_begun_anew_at_once(
    supervisor: worker.Supervisor,
) -> None:
    supervisor.members = set()
    supervisor.cluster.kill()
    supervisor.cluster.wait()
    assert not supervisor.glance()
    supervisor.begun -= worker.SECONDS_BETWEEN_BEATS
    assert supervisor.glance()
