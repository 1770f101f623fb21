"""Pausing, resuming and cancelling a run: at once, whatever a worker holds of it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns import outcome, runs, unanswered
from campaigns.asking import leftovers, money
from campaigns.models import Inquiry, Run, SourceRun, Verification
from crm import tasks
from crm.ledger import audit
from crm.tenants.models import User
from crm.work import together
from crm.work.lease import FREE
from crm.work.models import LIVE, State


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
    for rows in _asked(run):
        # What a worker asks a vendor at this moment may be paid for, and ends by itself.
        together.change(rows.filter(LIVE).exclude(state=State.LEASED), state=State.HELD)
    _become(run, Run.State.PAUSED, f"Paused by {by}.")
    audit.write(run.campaign, "run paused", by=by)
    return run


@transaction.atomic
def resume(run: Run, *, by: User) -> Run:
    """Go on where it was paused, or where a source stopped that somebody has mended meanwhile."""
    run = runs.locked(run)
    rows = SourceRun.of(run.tenant).filter(run=run, state=State.HELD)
    is_mended = run.state in Run.MOVING and rows.exclude(trouble="").exists()
    if run.state != Run.State.PAUSED and not is_mended:
        raise CannotSteer(_is(run, "resumed"))
    rows.update(state=State.READY, due_at=timezone.now(), trouble="")
    for asked in _asked(run):
        held = asked.filter(state=State.HELD)
        together.change(held, state=State.READY, due_at=timezone.now())
    if not is_mended:
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
    money.book_under_way(run)
    questions, checks = _asked(run)
    open_ = questions.exclude(state__in=[State.DONE, State.DEAD])
    over: dict[str, Any] = {"state": State.DONE, **FREE}
    together.change(open_.filter(sent_at=None), trouble=unanswered.NOT_SENT, **over)
    together.change(open_, trouble=unanswered.CANCELLED, **over)
    leftovers.leave(checks.exclude(state__in=[State.DONE, State.DEAD]))
    ended = list(sources)
    runs.move_on(run, ended)
    runs.end(run, Run.State.CANCELLED, outcome.cancelled(ended, by))
    audit.write(run.campaign, "run cancelled", by=by)
    return run


def _asked(run: Run) -> list[QuerySet[Any]]:
    """The rows of work of its live sources."""
    return [
        Inquiry.of(run.tenant).filter(source_run__run=run),
        Verification.of(run.tenant).filter(source_run__run=run),
    ]


def _become(run: Run, state: Run.State, reason: str) -> None:
    run.state, run.since, run.reason = state, timezone.now(), reason
    run.save(update_fields=["state", "since", "reason"])


def _is(run: Run, wish: str) -> str:
    return f"It can't be {wish}: it is {run.get_state_display().lower()} already."
