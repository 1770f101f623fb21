"""Workers of one machine and of two on one database, with real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from crm.work.models import Heartbeat
from tests.benchmarks.killing.family import children
from tests.running.processes import ROOT, eventually

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("committed_db")]
Start = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start(committed_db: None) -> Iterator[Start]:
    """Starts a supervisor, as on another machine."""
    started: list[subprocess.Popen[str]] = []

    def one() -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [sys.executable, "manage.py", "runworker"],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield one
    for process in started:
        process.terminate()
    for process in started:
        process.communicate(timeout=20)


def names() -> set[str]:
    fresh = timezone.now() - timedelta(seconds=8)
    return set(Heartbeat.objects.filter(at__gt=fresh).values_list("name", flat=True))


def cluster_of(supervisor: subprocess.Popen[str]) -> int:
    """The first process of its cluster; the number is that of their group, too."""
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children")
    return int(children.read_text().split()[0])


def test_a_cluster_that_hangs_is_begun_anew_although_the_other_is_well(start: Start) -> None:
    well = start()
    assert eventually(lambda: len(names()) == 1, 15)
    (of_well,) = names()
    hanging = start()
    assert eventually(lambda: len(names()) == 2, 15)
    (of_hanging,) = names() - {of_well}
    before, untouched = cluster_of(hanging), cluster_of(well)
    os.killpg(before, signal.SIGSTOP)
    assert eventually(lambda: names() == {of_well}, 12)
    assert eventually(lambda: names() == {of_well, of_hanging}, 15)
    assert cluster_of(hanging) != before
    assert cluster_of(well) == untouched

    # Whoever ends in order says so; a machine that is gone is soon missed by nobody.
    hanging.send_signal(signal.SIGTERM)
    _, said = hanging.communicate(timeout=20)
    assert "has shown no sign of life for 12 s and is started again" in said
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {of_well}


def test_workers_that_are_killed_while_they_wait_lock_nobody_out(start: Start) -> None:
    supervisor = start()
    assert eventually(lambda: len(names()) == 1, 15)
    cluster = cluster_of(supervisor)
    (sentinel,) = children(cluster)
    for worker in children(sentinel)[: settings.WORKERS]:
        os.kill(worker, signal.SIGKILL)
    later = timezone.now() + timedelta(seconds=1)
    # Sooner than a cluster is found to be silent.
    assert eventually(Heartbeat.objects.filter(at__gt=later).exists, 10)
    assert cluster_of(supervisor) == cluster
