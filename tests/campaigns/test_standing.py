"""Why a run that is not over stands still, in a sentence for each case."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import standing
from campaigns.models import Run, SourceRun
from crm.ids import uuid7
from crm.work.models import Heartbeat, State
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run that began ten minutes ago, and a worker that lives."""
    Heartbeat.objects.create(name="here", at=timezone.now(), host="here", pid=1)
    campaign = CampaignFactory(tenant=cast.tenant)
    ago = timezone.now() - timedelta(minutes=10)
    made: Run = RunFactory(campaign=campaign, state=Run.State.RUNNING, since=ago)
    return made


def seconds(number: float) -> Any:
    return timezone.now() + timedelta(seconds=number)


def reason(run: Run) -> str:
    found = standing.read(run)
    return found.reason if found else ""


@pytest.mark.parametrize("state", [Run.State.COMPLETED, Run.State.FAILED, Run.State.CANCELLED])
def test_what_is_over_does_not_stand_still(run: Run, state: str) -> None:
    run.state = state
    SourceRunFactory(run=run, state=State.READY, due_at=seconds(-60))
    assert standing.read(run) is None


def test_whoever_paused_it_is_named_and_it_needs_somebody_to_go_on(run: Run) -> None:
    run.state, run.reason = Run.State.PAUSED, "Paused by Ben."
    SourceRunFactory(run=run, state=State.HELD)
    found = standing.read(run)
    assert found == standing.Standing("Paused by Ben.", run.since, by_itself=False)


def test_while_a_worker_holds_it_it_does_not_stand_still(run: Run) -> None:
    token = uuid7()
    SourceRunFactory(run=run, state=State.LEASED, lease_until=seconds(10), lease_token=token)
    assert standing.read(run) is None
    # Even where another of its sources waits.
    SourceRunFactory(run=run, source="web", state=State.READY, attempts=2, due_at=seconds(8))
    assert standing.read(run) is None


def test_between_two_pieces_is_not_worth_a_word(run: Run) -> None:
    SourceRunFactory(run=run, state=State.READY, due_at=seconds(-1))
    assert standing.read(run) is None


def test_it_waits_for_its_turn_since_it_was_due(run: Run) -> None:
    row = SourceRunFactory(run=run, state=State.READY, due_at=seconds(-30))
    found = standing.read(run)
    assert found is not None
    assert found.reason == "It waits for its turn: the workers are busy."
    assert (found.since, found.by_itself) == (row.due_at, True)


@pytest.mark.parametrize("heard", [True, False])
def test_without_a_worker_it_says_how_one_is_started(run: Run, heard: bool) -> None:
    last = timezone.now() - timedelta(minutes=3)
    Heartbeat.objects.all().delete()
    if heard:
        Heartbeat.objects.create(name="here", at=last, host="here", pid=1)
    SourceRunFactory(run=run, state=State.READY, due_at=seconds(-1))
    found = standing.read(run)
    assert found is not None
    assert found.reason.startswith("No worker is running.")
    assert "make run" in found.reason
    assert (found.since, found.by_itself) == (last if heard else run.since, True)


def test_a_source_that_failed_is_named_with_the_next_attempt(run: Run) -> None:
    error = "ConnectionError: 503\nTraceback (most recent call last)"
    due_at = timezone.localtime(seconds(8))
    SourceRunFactory(run=run, state=State.READY, attempts=2, due_at=due_at, last_error=error)
    run.state = Run.State.WAITING
    found = standing.read(run)
    assert found is not None
    assert found.reason == (
        "Official registers failed (ConnectionError: 503)."
        f" Tried again at {due_at:%H:%M:%S}, attempt 3 of 5."
    )
    assert found.since == run.since


def test_a_source_that_is_gone_is_called_by_its_name_in_the_row(run: Run) -> None:
    SourceRunFactory(run=run, source="web", attempts=1, due_at=seconds(4), last_error="KeyError")
    assert reason(run).startswith("web failed (KeyError).")


def test_a_source_that_waits_for_an_answer_says_when_it_looks_again(run: Run) -> None:
    due_at = timezone.localtime(seconds(40))
    SourceRunFactory(run=run, state=State.WAITING, due_at=due_at)
    said = "There is no answer from Official registers yet. It looks again at"
    assert reason(run) == f"{said} {due_at:%H:%M:%S}."


def test_a_worker_that_has_ended_is_followed_by_another(run: Run) -> None:
    until = seconds(-2)
    SourceRunFactory(run=run, state=State.LEASED, lease_until=until, lease_token=uuid7())
    found = standing.read(run)
    assert found is not None
    assert found.reason == "The worker that had it has ended; another takes over within seconds."
    assert found.since == until


def test_the_page_says_it_with_the_time(run: Run, cast: Cast) -> None:
    SourceRun.of(cast.tenant).delete()
    SourceRunFactory(run=run, state=State.READY, due_at=seconds(-90))
    page = as_person(cast.ben).get(run.campaign.get_absolute_url()).content.decode()
    since = timezone.localtime(seconds(-90))
    assert "It waits for its turn: the workers are busy." in page
    assert f"Since {since:%H:%M}." in page or f"Since yesterday, {since:%H:%M}." in page
