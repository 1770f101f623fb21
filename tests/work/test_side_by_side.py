"""Rows that wait for somebody outside are worked on side by side."""

import time
from concurrent.futures import Future
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from crm.work.drain import drain
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.side_by_side import side_by_side
from leads.models import FlowStep
from tests import cluster
from tests.factories.campaigns import SourceRunFactory
from tests.work import tables
from tests.work.conftest import Steps, use

pytestmark = pytest.mark.usefixtures("committed_db")
THREADS = 3


def asks_the_database(row: Any = None) -> int:
    """The server's process for this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def connected(processes: set[int]) -> set[int]:
    """Those that the server still has."""
    with psycopg.connect(cluster.running[0].url("postgres")) as superuser:
        rows = superuser.execute("SELECT pid FROM pg_stat_activity").fetchall()
    return processes & {process for (process,) in rows}


def gone(processes: set[int]) -> bool:
    """Whether the server has let go of all of them; it takes a moment to notice."""
    deadline = time.monotonic() + 5
    while connected(processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not connected(processes)


def ended(begun: list[Future[None]]) -> None:
    for each in begun:
        each.result(timeout=10)


def test_rows_are_worked_on_at_the_same_time_each_with_a_connection_of_its_own() -> None:
    all_here = Barrier(THREADS, timeout=10)
    processes: set[int] = set()

    def work(row: int) -> None:
        processes.add(asks_the_database())
        # Passes only when all three are under way.
        all_here.wait()

    with side_by_side() as threads:
        ended(threads.start("crew", THREADS, range(2 * THREADS), work))
        assert len(processes) == THREADS
        assert connected(processes) == processes
    assert gone(processes)


def test_a_crew_that_is_at_work_holds_up_nobody_and_says_who_is_free() -> None:
    go_on = Event()
    with side_by_side() as threads:
        begun = threads.start("crew", THREADS, [1, 2], lambda row: go_on.wait(10) and None)
        assert threads.free("crew", THREADS) == 1
        assert threads.free("other", THREADS) == THREADS
        go_on.set()
        ended(begun)
        assert threads.free("crew", THREADS) == THREADS


def test_what_waits_for_somebody_outside_holds_up_no_other_table(
    steps: Steps, settings: Any
) -> None:
    """A vendor is silent: what another table has due is done meanwhile, not afterwards."""
    use(settings, "STEPS_SIDE_BY_SIDE", "RUNS")
    steps(1)
    quick = SourceRunFactory(due_at=timezone.now())
    done_meanwhile = Event()

    def waits(row: Any, lease: Lease) -> None:
        if isinstance(row, FlowStep):
            assert done_meanwhile.wait(10)
        else:
            done_meanwhile.set()

    tables.behaviour.append(waits)
    assert drain(0.05) in (True, False)
    quick.refresh_from_db()
    assert quick.state == State.DONE
    assert FlowStep.across_tenants.get().state == State.DONE


def test_a_drain_works_side_by_side_and_leaves_no_connection(steps: Steps, settings: Any) -> None:
    use(settings, "STEPS_SIDE_BY_SIDE")
    bad, *good = steps(2 * THREADS)
    all_here = Barrier(THREADS, timeout=10)
    processes: set[int] = set()

    def waits_for_the_others(row: Any, lease: Lease) -> None:
        processes.add(asks_the_database())
        try:
            all_here.wait()
        except BrokenBarrierError:
            pytest.fail("They came one after the other.")
        if row.pk == bad.pk:
            raise RuntimeError("refused")

    tables.behaviour.append(waits_for_the_others)
    assert drain(20) is False
    states = dict(FlowStep.across_tenants.values_list("pk", "state"))
    assert states == {bad.pk: State.READY} | {step.pk: State.DONE for step in good}
    bad.refresh_from_db()
    assert (bad.attempts, bad.last_error) == (1, "RuntimeError: refused")
    assert gone(processes)
