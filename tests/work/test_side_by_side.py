"""Rows that wait for somebody outside are worked on side by side."""

import time
from concurrent.futures import Future
from itertools import pairwise
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from campaigns.models import SourceRun
from crm.work import lease as leases
from crm.work.drain import drain
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.side_by_side import MOST_SECONDS_BETWEEN_LOOKS, side_by_side
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


def test_each_that_ends_is_told_of_once_even_one_that_ended_before_anybody_waited() -> None:
    go_on = Event()
    with side_by_side() as threads:
        quick = threads.start("quick", THREADS, [1], lambda row: None)
        ended(quick)
        slow = threads.start("slow", THREADS, [2], lambda row: go_on.wait(10) and None)
        began = time.monotonic()
        assert threads.any_done(10)
        assert time.monotonic() - began < 5
        assert not threads.any_done(0.01)
        go_on.set()
        assert threads.any_done(10)
        ended(slow)
        assert not threads.any_done(0.01)


class Looks:
    """Counts how often a drain looks at its tables while a thread waits for somebody outside."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at: list[float] = []
        claim = leases.claim

        def look(model: Any, *args: Any, **kwargs: Any) -> Any:
            if model is SourceRun:
                self.at.append(time.monotonic())
            return claim(model, *args, **kwargs)

        monkeypatch.setattr("crm.work.drain.leases.claim", look)

    def after(self, moment: float) -> float:
        """How long after that it looked next."""
        return next(at for at in self.at if at >= moment) - moment


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Looks:
    use(settings, "STEPS_SIDE_BY_SIDE", "RUNS")
    return Looks(monkeypatch)


def silent_for(seconds: float) -> None:
    """Have whoever is asked outside say nothing for so long."""

    def waits(row: Any, lease: Lease) -> None:
        if isinstance(row, FlowStep):
            time.sleep(seconds)

    tables.behaviour.append(waits)


def test_a_drain_that_is_called_looks_ever_more_seldom(steps: Steps, looks: Looks) -> None:
    steps(1)
    silent_for(4.0)
    drain(0.05, calls=lambda: 0)
    # At once, and after 0.1, 0.2, 0.4, 0.8, 1 and 1 second; about forty times it was before.
    assert 5 <= len(looks.at) <= 10
    pauses = [later - earlier for earlier, later in pairwise(looks.at)]
    assert max(pauses) < 2 * MOST_SECONDS_BETWEEN_LOOKS


def test_a_drain_that_nobody_can_call_looks_as_often_as_ever(steps: Steps, looks: Looks) -> None:
    steps(1)
    silent_for(2.0)
    drain(0.05)
    assert len(looks.at) >= 10


def test_a_call_is_heard_as_soon_as_ever_and_each_counts_once(steps: Steps, looks: Looks) -> None:
    steps(1)
    silent_for(4.0)
    began, called = time.monotonic(), [0.0]

    def calls() -> int:
        """Somebody calls after two seconds, and nobody takes the wake-up."""
        if time.monotonic() - began > 2.0 and not called[0]:
            called[0] = time.monotonic()
        return 1 + bool(called[0])

    drain(0.05, calls=calls)
    assert looks.after(called[0]) < 0.25
    # It begins with short pauses again, and has heard of that one.
    later = [at for at in looks.at if at > called[0]]
    assert 3 <= len(later) <= 8


def test_a_thread_that_ends_is_seen_at_once_and_what_it_left_is_done(
    steps: Steps, looks: Looks
) -> None:
    """However long the pause has grown."""
    steps(2)
    over: list[float] = []

    def waits(row: Any, lease: Lease) -> None:
        if isinstance(row, FlowStep):
            is_first = not tables.worked[1:]
            time.sleep(2.8 if is_first else 4.0)
            if is_first:
                SourceRunFactory(due_at=timezone.now())
                over.append(time.monotonic())

    tables.behaviour.append(waits)
    drain(60, calls=lambda: 0)
    assert looks.after(over[0]) < 0.4
    assert SourceRun.across_tenants.get().state == State.DONE


@pytest.mark.parametrize("trouble", ["nobody answers", "the database is away"])
def test_whom_nobody_can_call_any_more_looks_as_often_as_ever(
    steps: Steps, looks: Looks, trouble: str
) -> None:
    steps(1)
    silent_for(3.0)
    asked: list[float] = []

    def calls() -> int | None:
        asked.append(time.monotonic())
        if len(asked) < 4:
            return 0
        if trouble == "nobody answers":
            return None
        raise OperationalError from psycopg.OperationalError("gone")

    drain(0.05, calls=calls)
    assert len(asked) == 4
    assert len([at for at in looks.at if at > asked[-1]]) >= 10


def test_a_drain_that_shall_end_does_not_wait_out_its_pause(steps: Steps, looks: Looks) -> None:
    steps(1)
    silent_for(4.0)
    began = time.monotonic()
    heard: list[float] = []

    def until() -> bool:
        heard.append(time.monotonic())
        return time.monotonic() - began > 2.0

    drain(60, until=until, calls=lambda: 0)
    pauses = [later - earlier for earlier, later in pairwise(heard)]
    assert max(pauses) < 0.5


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
    assert drain(20) is False
    quick.refresh_from_db()
    assert quick.state == State.DONE
    assert FlowStep.across_tenants.get().state == State.DONE


def test_an_error_comes_out_when_all_have_ended_and_leaves_no_connection(
    steps: Steps, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one row not even what became of it can be written."""
    use(settings, "STEPS_SIDE_BY_SIDE")
    bad, *good = steps(THREADS)
    all_here = Barrier(THREADS, timeout=10)
    processes: set[int] = set()

    def refuses_one(row: Any, lease: Lease) -> None:
        processes.add(asks_the_database())
        all_here.wait()
        if row.pk == bad.pk:
            raise ValueError("refused")
        # It has failed long before these are done.
        time.sleep(0.2)

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the first")

    tables.behaviour.append(refuses_one)
    monkeypatch.setattr("crm.work.drain._put_off", fails)
    with pytest.raises(RuntimeError, match="the first"):
        drain(20)
    states = dict(FlowStep.across_tenants.values_list("pk", "state"))
    assert states == {bad.pk: State.LEASED} | {step.pk: State.DONE for step in good}
    assert len(processes) == THREADS
    assert gone(processes)


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
