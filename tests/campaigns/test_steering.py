"""Pausing, resuming and cancelling a run, whatever a worker holds of it at that moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from campaigns import runs, steering, walk
from campaigns.models import Finding, Run, SourceRun
from campaigns.walk import PIECE
from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.tenants.acting import acting_for
from crm.tenants.models import User
from crm.work import lease as leases
from crm.work.drain import drain
from crm.work.lease import LeaseLost
from crm.work.models import State
from leads.models import Lead
from tests.campaigns.conftest import PATIENCE, Launch, run_until_done
from tests.campaigns.steered import Verb, latest, pieces, sees, steer
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def test_a_pause_voids_what_a_worker_holds_and_nothing_is_half_written(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(max_results=3 * PIECE)
    pieces(1)
    before = sees(campaign)
    lease = leases.claim(SourceRun, 1)
    assert lease is not None
    held = SourceRun.of(cast.tenant).get()
    paused = steer(steering.pause, campaign, cast.ben)
    assert (paused.state, paused.reason) == (Run.State.PAUSED, "Paused by Ben.")
    with pytest.raises(LeaseLost):
        walk.walk(held, lease)
    assert sees(campaign) == before
    row = SourceRun.of(cast.tenant).get()
    assert (row.state, row.lease_token, row.lease_holder) == (State.HELD, None, "")
    assert drain(PATIENCE) is False
    assert sees(campaign) == before
    assert latest(campaign).state == Run.State.PAUSED


def test_a_pause_in_the_middle_of_a_piece_waits_for_it_or_voids_it(
    cast: Cast, launch: Launch
) -> None:
    """A worker and a person at once, many times: all counts agree with what was written."""
    campaign = launch(max_results=10 * PIECE)
    for _ in range(4):
        start = Barrier(2)

        def working(start: Barrier = start) -> None:
            start.wait()
            try:
                drain(0.5)
            finally:
                connection.close()

        worker = Thread(target=working)
        worker.start()
        start.wait()
        if not latest(campaign).is_active:
            worker.join()
            break
        try:
            steer(steering.pause, campaign, cast.ben)
        except steering.CannotSteer:
            assert latest(campaign).state == Run.State.COMPLETED
        worker.join()
        findings, leads, counted = sees(campaign)
        assert findings == counted
        created = Finding.of(cast.tenant).filter(verdict="created").count()
        assert leads == created == SourceRun.of(cast.tenant).get().created
        if latest(campaign).state == Run.State.PAUSED:
            steer(steering.resume, campaign, cast.ben)
    assert run_until_done(campaign).created == 10 * PIECE


def test_a_resumed_run_finds_the_same_as_one_that_never_stood_still(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(max_results=3 * PIECE)
    pieces(1)
    steer(steering.pause, campaign, cast.ben)
    assert sees(campaign)[0] == PIECE
    resumed = steer(steering.resume, campaign, cast.ada)
    assert (resumed.state, resumed.reason) == (Run.State.QUEUED, "")
    run = run_until_done(campaign)
    assert (run.state, run.created, run.number) == (Run.State.COMPLETED, 3 * PIECE, 1)
    paused = list(Finding.of(cast.tenant).order_by("id").values_list("key", "verdict"))
    assert len(paused) == len(set(paused)) == run.found
    Lead.of(cast.tenant).delete()
    campaign.delete()
    straight = run_until_done(launch(max_results=3 * PIECE))
    keys = Finding.of(cast.tenant).filter(run=straight).order_by("id").values_list("key", flat=True)
    assert [key for key, _ in paused] == list(keys)


def test_a_run_whose_sources_have_all_ended_is_completed_by_resuming(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(max_results=3)
    steer(steering.pause, campaign, cast.ben)
    SourceRun.of(cast.tenant).update(state=State.DONE)
    steer(steering.resume, campaign, cast.ben)
    assert latest(campaign).state == Run.State.COMPLETED


def test_a_cancelled_run_keeps_what_it_found_and_the_next_goes_on_behind(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(max_results=3 * PIECE)
    pieces(1)
    kept = set(Finding.of(cast.tenant).values_list("key", flat=True))
    steer(steering.cancel, campaign, cast.ben)
    run = latest(campaign)
    assert (run.state, run.reason) == (
        Run.State.CANCELLED,
        f"Cancelled by Ben; {PIECE} new leads kept.",
    )
    assert run.finished_at is not None
    assert drain(PATIENCE) is False
    assert Lead.of(cast.tenant).count() == PIECE
    more = run_until_done(campaign, Run.Mode.MORE)
    assert (more.created, more.number) == (3 * PIECE, 2)
    found = set(Finding.of(cast.tenant).filter(run=more).values_list("key", flat=True))
    assert not found & kept
    nearest = Finding.of(cast.tenant).order_by("id").values_list("miles", flat=True)
    assert list(nearest) == sorted(nearest)


def test_a_worker_that_holds_a_cancelled_run_writes_nothing(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3 * PIECE)
    lease = leases.claim(SourceRun, 1)
    assert lease is not None
    held = SourceRun.of(cast.tenant).get()
    steer(steering.cancel, campaign, cast.ben)
    with pytest.raises(LeaseLost):
        walk.walk(held, lease)
    assert sees(campaign) == (0, 0, 0)
    assert latest(campaign).reason == "Cancelled by Ben; nothing was found until then."


def test_a_paused_run_can_be_cancelled(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    steer(steering.pause, campaign, cast.ben)
    steer(steering.cancel, campaign, cast.ada)
    assert latest(campaign).reason == "Cancelled by Ada; nothing was found until then."
    # The one who cancelled knows; the one who started it is told.
    assert Notice.across_tenants.get().user == cast.ben


@pytest.mark.parametrize("verb", [steering.pause, steering.cancel])
def test_two_people_at_once_steer_once(cast: Cast, launch: Launch, verb: Verb) -> None:
    campaign = launch(max_results=3)
    said: list[str] = []

    def steering_it(person: User) -> None:
        try:
            steer(verb, campaign, person)
        except steering.CannotSteer as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    people = [Thread(target=steering_it, args=[person]) for person in (cast.ada, cast.ben)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    word = {steering.pause: "paused", steering.cancel: "cancelled"}[verb]
    assert said == [f"It can't be {word}: it is {word} already."]
    assert AuditEntry.objects.filter(verb=f"run {word}").count() == 1


@pytest.mark.parametrize(
    ("verb", "word"),
    [(steering.pause, "paused"), (steering.resume, "resumed"), (steering.cancel, "cancelled")],
)
def test_what_has_ended_is_steered_no_more(
    cast: Cast, launch: Launch, verb: Verb, word: str
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    with pytest.raises(steering.CannotSteer, match=f"can't be {word}: it is completed already"):
        steer(verb, campaign, cast.ben)


def test_while_it_is_paused_no_other_run_starts(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    steer(steering.pause, campaign, cast.ben)
    said = "is paused. Resume or cancel that one first."
    with pytest.raises(runs.AlreadyRunning, match=said), acting_for(cast.tenant):
        runs.start(campaign, Run.Mode.MORE, by=cast.ada)
