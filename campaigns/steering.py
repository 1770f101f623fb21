"""Pausing, resuming and cancelling a run: at once, whatever a worker holds of it."""

from django.db import transaction
from django.utils import timezone

from campaigns import outcome, runs
from campaigns.models import Run, SourceRun
from crm import tasks
from crm.ledger import audit
from crm.tenants.models import User
from crm.work.lease import FREE
from crm.work.models import State


class CannotSteer(ValueError):
    """The run has got somewhere else meanwhile; the sentence says where."""


@transaction.atomic
def pause(run: Run, *, by: User) -> Run:
    """Stop where it is: what a worker holds at this moment is void and done again later."""
    run = runs.locked(run)
    if run.state not in Run.MOVING:
        raise CannotSteer(_is(run, "paused"))
    # In the order in which a worker takes its locks: first the run, then its sources.
    SourceRun.of(run.tenant).filter(run=run).exclude(state__in=[State.DONE, State.DEAD]).update(
        state=State.HELD, **FREE
    )
    _become(run, Run.State.PAUSED, f"Paused by {by}.")
    audit.write(run.campaign, "run paused", by=by)
    return run


@transaction.atomic
def resume(run: Run, *, by: User) -> Run:
    """Go on where it was paused."""
    run = runs.locked(run)
    if run.state != Run.State.PAUSED:
        raise CannotSteer(_is(run, "resumed"))
    held = SourceRun.of(run.tenant).filter(run=run, state=State.HELD)
    held.update(state=State.READY, due_at=timezone.now())
    _become(run, Run.State.QUEUED, "")
    audit.write(run.campaign, "run resumed", by=by)
    # Everything else may have ended before it was paused.
    runs.finish(run)
    tasks.wake()
    return run


@transaction.atomic
def cancel(run: Run, *, by: User) -> Run:
    """End it now; what it has found stays, and “Find more” goes on behind it."""
    run = runs.locked(run)
    if not run.is_active:
        raise CannotSteer(_is(run, "cancelled"))
    sources = SourceRun.of(run.tenant).filter(run=run)
    sources.exclude(state__in=[State.DONE, State.DEAD]).update(state=State.DONE, **FREE)
    ended = list(sources)
    runs.move_on(run, ended)
    runs.end(run, Run.State.CANCELLED, outcome.cancelled(ended, by))
    audit.write(run.campaign, "run cancelled", by=by)
    return run


def _become(run: Run, state: Run.State, reason: str) -> None:
    run.state, run.since, run.reason = state, timezone.now(), reason
    run.save(update_fields=["state", "since", "reason"])


def _is(run: Run, wish: str) -> str:
    return f"It can't be {wish}: it is {run.get_state_display().lower()} already."
