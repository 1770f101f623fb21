"""A drain does what is due, survives what fails, and gives up what cannot be done."""

import time
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.work import queue
from crm.work.drain import drain
from crm.work.lease import Lease, claim
from crm.work.models import State
from leads.models import FlowStep
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
from tests.people import Cast
from tests.work import tables
from tests.work.conftest import Steps, becomes_due, holder_dies, use
from tests.work.reviving import revive

pytestmark = pytest.mark.usefixtures("committed_db")
PATIENCE = 20


def fails(row: Any, lease: Lease) -> None:
    raise RuntimeError(f"attempt {row.attempts + 1} failed")


def test_everything_that_is_due_gets_done_once(steps: Steps) -> None:
    made = steps(8)
    assert drain(PATIENCE) is False
    assert tables.worked == [step.pk for step in made]
    assert set(FlowStep.across_tenants.values_list("state", flat=True)) == {State.DONE}
    assert drain(PATIENCE) is False
    assert len(tables.worked) == 8


def test_a_drain_whose_time_is_up_says_that_work_may_be_left(steps: Steps) -> None:
    steps(2)
    assert drain(0) is True
    assert tables.worked == []


def test_a_drain_ends_when_what_was_waited_for_is_there(steps: Steps) -> None:
    steps(9)
    drain(PATIENCE, until=lambda: len(tables.worked) >= 3)
    assert len(tables.worked) == 3


def test_a_drain_for_one_company_leaves_the_others_work(steps: Steps, cast: Cast) -> None:
    steps(1)
    drain(PATIENCE, tenant=cast.other)
    assert tables.worked == []


def test_what_comes_due_beside_a_slow_answer_is_begun_though_its_time_is_up(
    steps: Steps, settings: Any
) -> None:
    """Until `most` seconds are over; the threads would stand idle otherwise."""
    use(settings, "STEPS_SIDE_BY_SIDE")
    done_meanwhile = Event()

    def waits(row: Any, lease: Lease) -> None:
        if row != slow:
            done_meanwhile.set()
            return
        # Long after its seconds are over.
        time.sleep(0.5)
        steps(1)
        assert done_meanwhile.wait(10)

    [slow] = steps(1)
    tables.behaviour.append(waits)
    assert drain(0.1, most=PATIENCE) is True
    assert set(FlowStep.across_tenants.values_list("state", flat=True)) == {State.DONE}


def test_a_drain_begins_nothing_when_even_its_most_seconds_are_over(
    steps: Steps, settings: Any
) -> None:
    use(settings, "STEPS_SIDE_BY_SIDE")

    def waits(row: Any, lease: Lease) -> None:
        time.sleep(1.0)
        steps(1)
        time.sleep(1.0)

    [slow] = steps(1)
    tables.behaviour.append(waits)
    assert drain(0.1, most=0.5) is True
    assert (tables.worked, FlowStep.across_tenants.count()) == ([slow.pk], 2)


def test_what_is_under_way_hears_that_nothing_more_is_begun_beside_it(
    steps: Steps, settings: Any
) -> None:
    use(settings, "STEPS_SIDE_BY_SIDE")
    heard: list[bool] = []

    def goes_on_until_told(row: Any, lease: Lease) -> None:
        heard.append(lease.is_ending.is_set())
        heard.append(lease.is_ending.wait(10))

    steps(1)
    tables.behaviour.append(goes_on_until_told)
    drain(1)
    assert heard == [False, True]


def test_two_tables_take_turns(steps: Steps, cast: Cast, settings: Any) -> None:
    use(settings, "STEPS", "RUNS")
    of_leads = [step.pk for step in steps(6)]
    campaign = CampaignFactory(tenant=cast.tenant)
    of_runs = [SourceRunFactory(run=RunFactory(campaign=campaign)).pk for _ in range(2)]
    drain(PATIENCE)
    assert tables.worked == [*of_leads[:3], of_runs[0], *of_leads[3:], of_runs[1]]


def test_a_failure_is_written_down_and_tried_again_later(steps: Steps) -> None:
    (step,) = steps(1)
    tables.behaviour.append(fails)
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.attempts, step.crashes) == (State.READY, 1, 0)
    assert step.last_error == "RuntimeError: attempt 1 failed"
    assert step.lease_token is None
    assert step.due_at > timezone.now()


def test_each_failure_waits_longer_than_the_last(steps: Steps) -> None:
    (step,) = steps(1)
    tables.behaviour.append(fails)
    waits = []
    for _ in range(4):
        becomes_due(step)
        started = timezone.now()
        drain(PATIENCE)
        step.refresh_from_db()
        waits.append(round((step.due_at - started).total_seconds()))
    assert waits == [2, 4, 8, 16]


def test_a_row_is_dead_after_five_failures_and_said_to_be_so_once(steps: Steps) -> None:
    (step,) = steps(1)
    tables.behaviour.append(fails)
    for _ in range(7):
        becomes_due(step)
        drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.attempts, len(tables.worked)) == (State.DEAD, 5, 5)
    assert step.last_error == "RuntimeError: attempt 5 failed"
    assert tables.given_up == [step.pk]


def test_a_failure_of_one_row_does_not_harm_its_company(steps: Steps) -> None:
    bad, good, fine = steps(3)

    def fails_once(row: Any, lease: Lease) -> None:
        if row.pk == bad.pk:
            with transaction.atomic():
                FlowStep.across_tenants.filter(pk=good.pk).update(lead=fine.lead_id)

    tables.behaviour.append(fails_once)
    drain(PATIENCE)
    states = {step.pk: step.state for step in FlowStep.across_tenants.all()}
    assert states == {bad.pk: State.READY, good.pk: State.DONE, fine.pk: State.DONE}
    bad.refresh_from_db()
    assert bad.last_error.startswith(IntegrityError.__name__)


def test_an_error_that_no_column_can_hold_is_written_down_all_the_same(steps: Steps) -> None:
    (step,) = steps(1)

    def fails_strangely(row: Any, lease: Lease) -> None:
        raise ValueError("the page said \x00" + "x" * 5_000)

    tables.behaviour.append(fails_strangely)
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.attempts) == (State.READY, 1)
    assert step.last_error.startswith("ValueError: the page said ")


def test_a_row_that_kills_its_workers_is_dead_after_three_crashes_alone(steps: Steps) -> None:
    killer, *others = steps(3)
    assert claim(FlowStep, 3) is not None
    for step in (killer, *others):
        holder_dies(step)
    crashes_alone = 0
    while True:
        lease = claim(FlowStep, 3)
        assert lease is not None
        killer.refresh_from_db()
        if killer.lease_token != lease.token:
            # The others come through alone.
            for other in others:
                other.refresh_from_db()
                if other.lease_token == lease.token:
                    lease.finish(other)
            continue
        crashes_alone += 1
        holder_dies(killer)
        if crashes_alone == 3:
            break
    drain(PATIENCE)
    killer.refresh_from_db()
    assert killer.state == State.DEAD
    assert "died again and again" in killer.last_error
    assert tables.given_up == [killer.pk]
    assert killer.pk not in tables.worked


def test_a_crash_or_two_are_forgiven(steps: Steps) -> None:
    (step,) = steps(1)
    for _ in range(3):
        assert claim(FlowStep, 1) is not None
        holder_dies(step)
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.crashes, tables.given_up) == (State.DONE, 0, [])


def test_what_is_done_has_a_clean_record_for_the_next_time(steps: Steps) -> None:
    (step,) = steps(1, attempts=4, crashes=3, last_error="RuntimeError: of last week")
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.attempts, step.crashes) == (State.DONE, 0, 0)


def test_a_worker_that_comes_back_after_its_lease_leaves_no_trace(steps: Steps) -> None:
    (step,) = steps(1)
    claimed_again = []

    def sleeps_too_long(row: Any, lease: Lease) -> None:
        if not claimed_again:
            holder_dies(row)
            claimed_again.append(claim(FlowStep, 1))

    tables.behaviour.append(sleeps_too_long)
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.crashes, step.attempts) == (State.LEASED, 1, 0)
    assert step.lease_token == claimed_again[0].token


def test_a_row_that_cannot_even_be_given_up_in_order_is_dead(steps: Steps, settings: Any) -> None:
    use(settings, "STEPS_GIVEN_UP_BADLY")
    (step,) = steps(1, attempts=4)
    tables.behaviour.append(fails)
    drain(PATIENCE)
    step.refresh_from_db()
    assert (step.state, step.last_error) == (State.DEAD, "RuntimeError: attempt 5 failed")


def test_a_dead_row_can_be_queued_again_with_a_clean_record(steps: Steps) -> None:
    (step,) = steps(1, state=State.DEAD, attempts=5, crashes=2, last_error="RuntimeError: no")
    assert revive(step) == ""
    step.refresh_from_db()
    assert (step.state, step.attempts, step.crashes, step.last_error) == (State.READY, 0, 0, "")
    drain(PATIENCE)
    assert tables.worked == [step.pk]


def test_only_a_dead_row_is_queued_again(steps: Steps) -> None:
    (step,) = steps(1, attempts=3, state=State.DONE)
    assert revive(step) == ""
    step.refresh_from_db()
    assert (step.state, step.attempts) == (State.DONE, 3)


def test_the_depth_of_the_queue_is_counted_by_state(steps: Steps) -> None:
    steps(2)
    steps(3, state=State.DEAD)
    steps(4, state=State.DONE)
    found = queue.in_all(queue.depth())
    assert (found["ready"], found["leased"], found["dead"]) == (2, 0, 3)
    assert 3_500 < found["oldest_waiting_s"] < 3_700
