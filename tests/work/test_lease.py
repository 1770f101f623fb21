"""A row of work belongs to one worker at a time, and only to a living one."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from crm.work.lease import (
    LEASE_SECONDS,
    SECONDS_AFTER_CRASHES,
    SUSPECT_PATIENCE_SECONDS,
    LeaseLost,
    claim,
)
from crm.work.models import Heartbeat, State
from crm.work.renewal import SUPERVISOR, Renewal, beat
from leads.models import FlowStep
from tests.people import Cast
from tests.work.conftest import Steps, holder_dies

pytestmark = pytest.mark.usefixtures("committed_db")


def held_by(token: object) -> list[object]:
    rows = FlowStep.across_tenants.filter(lease_token=token).order_by("due_at")
    return list(rows.values_list("pk", flat=True))


def test_a_claim_takes_the_rows_that_are_due_longest(steps: Steps) -> None:
    first, second, _ = steps(3)
    lease = claim(FlowStep, 2)
    assert lease is not None
    assert held_by(lease.token) == [first.pk, second.pk]


def test_two_claims_never_share_a_row(steps: Steps) -> None:
    steps(5)
    one, two = claim(FlowStep, 3), claim(FlowStep, 3)
    assert one is not None
    assert two is not None
    assert (len(held_by(one.token)), len(held_by(two.token))) == (3, 2)
    assert claim(FlowStep, 3) is None


def test_a_claim_skips_what_another_has_locked_instead_of_waiting(steps: Steps) -> None:
    locked, free = steps(2)
    is_locked, may_end = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                FlowStep.across_tenants.select_for_update().get(pk=locked.pk)
                is_locked.set()
                may_end.wait(timeout=10)
        finally:
            connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert is_locked.wait(timeout=10)
    lease = claim(FlowStep, 5)
    may_end.set()
    thread.join()
    assert lease is not None
    assert held_by(lease.token) == [free.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.DONE},
        {"state": State.DEAD},
        {"due_in": timedelta(seconds=40)},
        {"state": State.HELD},
        {"state": State.WAITING, "due_in": timedelta(hours=1)},
    ],
)
def test_nothing_is_claimed_that_is_over_or_not_due(steps: Steps, fields: dict[str, Any]) -> None:
    given = dict(fields)
    if wait := given.pop("due_in", None):
        given["due_at"] = timezone.now() + wait
    steps(1, **given)
    assert claim(FlowStep, 5) is None


def test_what_waited_long_enough_is_claimed(steps: Steps) -> None:
    (waiting,) = steps(1, state=State.WAITING)
    lease = claim(FlowStep, 5)
    assert lease is not None
    assert held_by(lease.token) == [waiting.pk]


def test_a_claim_for_one_company_leaves_the_others_rows(steps: Steps, cast: Cast) -> None:
    steps(1)
    assert claim(FlowStep, 5, tenant=cast.other.pk) is None
    assert claim(FlowStep, 5, tenant=cast.tenant.pk) is not None


def test_a_row_whose_holder_died_is_taken_up_again_and_counted(steps: Steps) -> None:
    (step,) = steps(1)
    assert claim(FlowStep, 1) is not None
    assert claim(FlowStep, 1) is None
    holder_dies(step)
    lease = claim(FlowStep, 1)
    step.refresh_from_db()
    assert lease is not None
    assert (step.crashes, step.attempts, step.lease_token) == (1, 0, lease.token)


def test_a_row_that_crashed_is_claimed_alone(steps: Steps) -> None:
    crashed, also_crashed, *_ = steps(4)
    together = claim(FlowStep, 2)
    assert together is not None
    holder_dies(crashed)
    holder_dies(also_crashed)
    healthy = claim(FlowStep, 5)
    assert healthy is not None
    assert len(held_by(healthy.token)) == 2
    alone = claim(FlowStep, 5)
    assert alone is not None
    assert held_by(alone.token) == [crashed.pk]


def test_who_holds_a_row_that_crashed_takes_no_other_such(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, healthy = steps(3)
    assert claim(FlowStep, 2) is not None
    for each in (one, other):
        holder_dies(each)
    for expected in ([healthy.pk], [one.pk]):
        lease = claim(FlowStep, 5)
        assert lease is not None
        assert held_by(lease.token) == expected
    # Whoever of the two is at fault must be told apart.
    assert claim(FlowStep, 5) is None
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("os.getpid", lambda: 1)
        theirs = claim(FlowStep, 5)
    assert theirs is not None
    assert held_by(theirs.token) == [other.pk]
    holder_dies(other)
    assert claim(FlowStep, 5) is None
    one.refresh_from_db()
    lease.finish(one)
    rested = timezone.now() - timedelta(seconds=SECONDS_AFTER_CRASHES + 1)
    FlowStep.of(other.tenant).filter(pk=other.pk).update(lease_until=rested)
    last = claim(FlowStep, 5)
    assert last is not None
    assert held_by(last.token) == [other.pk]


def test_a_row_that_crashed_is_not_passed_by_for_ever(steps: Steps) -> None:
    crashed, *_ = steps(6)
    assert claim(FlowStep, 1) is not None
    holder_dies(crashed)
    healthy = claim(FlowStep, 2)
    assert healthy is not None
    assert crashed.pk not in held_by(healthy.token)
    long_ago = timezone.now() - timedelta(seconds=SUSPECT_PATIENCE_SECONDS + 1)
    FlowStep.of(crashed.tenant).filter(pk=crashed.pk).update(lease_until=long_ago)
    alone = claim(FlowStep, 2)
    assert alone is not None
    assert held_by(alone.token) == [crashed.pk]


def test_a_row_that_crashed_and_is_due_again_gets_its_turn(steps: Steps) -> None:
    soon = timezone.now() - timedelta(seconds=1)
    crashed, *_ = steps(1, crashes=1, due_at=soon) + steps(6)
    healthy = claim(FlowStep, 2)
    assert healthy is not None
    assert crashed.pk not in held_by(healthy.token)
    long_ago = timezone.now() - timedelta(seconds=SUSPECT_PATIENCE_SECONDS + 1)
    FlowStep.of(crashed.tenant).filter(pk=crashed.pk).update(due_at=long_ago)
    alone = claim(FlowStep, 2)
    assert alone is not None
    assert held_by(alone.token) == [crashed.pk]


@pytest.mark.parametrize(("earlier", "rest"), [(0, 0), (1, 10), (2, 40), (3, 90)])
def test_a_row_rests_the_longer_the_oftener_its_workers_died(
    steps: Steps, earlier: int, rest: int
) -> None:
    (step,) = steps(1, crashes=earlier)
    assert claim(FlowStep, 1) is not None
    rows = FlowStep.of(step.tenant).filter(pk=step.pk)
    rows.update(lease_until=timezone.now() - timedelta(seconds=rest - 1))
    assert claim(FlowStep, 1) is None
    rows.update(lease_until=timezone.now() - timedelta(seconds=rest + 1))
    assert claim(FlowStep, 1) is not None


@pytest.mark.parametrize("write", ["write", "finish", "release"])
def test_whoever_lost_the_lease_writes_nothing(steps: Steps, write: str) -> None:
    (step,) = steps(1)
    lost = claim(FlowStep, 1)
    assert lost is not None
    holder_dies(step)
    new = claim(FlowStep, 1)
    assert new is not None

    @transaction.atomic
    def too_late() -> None:
        FlowStep.of(step.tenant).filter(pk=step.pk).update(attempts=9)
        getattr(lost, write)(step, last_error="from the grave")

    with pytest.raises(LeaseLost):
        too_late()
    step.refresh_from_db()
    assert (step.last_error, step.attempts, step.state) == ("", 0, State.LEASED)
    new.finish(step)
    step.refresh_from_db()
    assert (step.state, step.lease_token) == (State.DONE, None)


def test_a_row_that_is_given_back_is_due_again_with_a_clean_record(steps: Steps) -> None:
    (step,) = steps(1, crashes=2, attempts=3)
    lease = claim(FlowStep, 1)
    assert lease is not None
    lease.release(step)
    step.refresh_from_db()
    assert (step.state, step.crashes, step.attempts) == (State.READY, 0, 0)
    assert claim(FlowStep, 1) is not None


def test_a_renewed_lease_lasts_a_full_lease_again(steps: Steps) -> None:
    (step,) = steps(1)
    lease = claim(FlowStep, 1)
    assert lease is not None
    soon = timezone.now() + timedelta(seconds=1)
    FlowStep.of(step.tenant).update(lease_until=soon)
    renewal = Renewal()
    with renewal.holding(lease):
        renewal.renew()
    step.refresh_from_db()
    assert step.lease_until is not None
    assert step.lease_until > timezone.now() + timedelta(seconds=LEASE_SECONDS - 2)


def test_a_lease_that_is_held_no_more_is_not_renewed(steps: Steps) -> None:
    (step,) = steps(1)
    lease = claim(FlowStep, 1)
    assert lease is not None
    renewal = Renewal()
    with renewal.holding(lease):
        pass
    soon = timezone.now() + timedelta(seconds=1)
    FlowStep.of(step.tenant).update(lease_until=soon)
    renewal.renew()
    step.refresh_from_db()
    assert step.lease_until == soon


def test_outside_of_a_cluster_nobody_gives_a_sign_of_life() -> None:
    beat()
    Renewal().renew()
    assert not Heartbeat.objects.exists()


def test_a_beat_moves_the_one_sign_of_life_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SUPERVISOR, "worker:ours")
    Heartbeat.objects.create(name="worker:other", at=timezone.now(), host="there", pid=1)
    beat()
    before = Heartbeat.objects.get(name="worker:ours").at
    beat()
    assert Heartbeat.objects.get(name="worker:ours").at > before
    assert Heartbeat.objects.count() == 2
