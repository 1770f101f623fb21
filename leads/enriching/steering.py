"""Pausing, resuming and cancelling a run, and asking for what was left out."""

from django.db import transaction
from django.utils import timezone

from crm import tasks
from crm.credits import credits
from crm.credits.purpose import Purpose
from crm.ledger import audit
from crm.tenants.models import User
from crm.work import together
from crm.work.lease import FREE
from crm.work.models import State
from leads.enriching import items
from leads.models import EnrichmentItem, EnrichmentRun

Phase = EnrichmentRun.Phase
# In the order in which a worker takes its locks: the items first, then their run.
OPEN = (State.READY, State.WAITING, State.HELD)


class CannotSteer(ValueError):
    """The run has got somewhere else meanwhile; the sentence says where."""


@transaction.atomic
def pause(run: EnrichmentRun, *, by: User) -> EnrichmentRun:
    """Ask nobody any more; whom a worker asks at this moment answers still."""
    rows = EnrichmentItem.of(run.tenant).filter(run=run)
    together.change(rows.filter(state__in=[State.READY, State.WAITING]), state=State.HELD)
    run = _locked(run)
    if run.phase != Phase.RUNNING:
        raise CannotSteer(_is(run, "paused"))
    return _become(run, Phase.PAUSED, f"Paused by {by}.", by, "paused")


@transaction.atomic
def resume(run: EnrichmentRun, *, by: User) -> EnrichmentRun:
    """Go on where it was paused."""
    run = _locked(run)
    if run.phase not in (Phase.PAUSED, Phase.STOPPED):
        raise CannotSteer(_is(run, "resumed"))
    return _become(run, Phase.RUNNING, "", by, "resumed")


@transaction.atomic
def cancel(run: EnrichmentRun, *, by: User) -> EnrichmentRun:
    """End it; what it has found stays, and what was set aside and not used is given back."""
    rows = EnrichmentItem.of(run.tenant).filter(run=run, state__in=OPEN)
    together.change(rows, state=State.DONE, trouble=items.WHERE_CANCELLED, **FREE)
    run = _locked(run)
    if not run.is_active:
        raise CannotSteer(_is(run, "cancelled"))
    return _become(run, Phase.CANCELLED, f"Cancelled by {by}.", by, "cancelled")


@transaction.atomic
def go_on(run: EnrichmentRun, most: int, *, by: User) -> EnrichmentRun:
    """Ask those who were left out once more, with so many credits; raises credits.TooFew."""
    rows = EnrichmentItem.of(run.tenant).filter(run=run)
    left = [item.pk for item in rows.order_by("pk") if is_left(item)]
    together.change(rows.filter(pk__in=left), state=State.HELD, trouble="", attempts=0, **FREE)
    run = _locked(run)
    if run.is_active:
        raise CannotSteer(_is(run, "begun again"))
    if not left:
        raise CannotSteer("Nobody was left out who could be asked now.")
    run.most += most
    if most:
        purpose = Purpose(run.ref or run.pk, run.label, run.get_absolute_url())
        run.reservation = credits.reserve(run.tenant, most, by=by, for_=purpose)
    run.ended_at, run.result = None, {}
    run.save(update_fields=["most", "reservation", "ended_at", "result"])
    return _become(run, Phase.RUNNING, "", by, "began again")


def is_left(item: EnrichmentItem) -> bool:
    """Say whether somebody was not asked about it who may be asked later, or it failed."""
    return item.state == State.DEAD or any(each.get("again") for each in item.asked.values())


def _locked(run: EnrichmentRun) -> EnrichmentRun:
    rows = EnrichmentRun.of(run.tenant).select_for_update(of=("self",), no_key=True)
    return rows.select_related("tenant").get(pk=run.pk)


def _become(
    run: EnrichmentRun, phase: EnrichmentRun.Phase, said: str, by: User, verb: str
) -> EnrichmentRun:
    run.phase, run.said = phase, said
    run.state, run.due_at, run.attempts, run.crashes = State.READY, timezone.now(), 0, 0
    run.lease_token, run.lease_until, run.lease_holder = None, None, ""
    run.save(
        update_fields=[
            "phase", "said", "state", "due_at", "attempts", "crashes", "lease_token",
            "lease_until", "lease_holder",
        ]
    )  # fmt: skip
    audit.write(run, verb, by=by)
    tasks.wake()
    return run


def _is(run: EnrichmentRun, wish: str) -> str:
    return f"It can't be {wish}: it is {run.get_phase_display().lower()} already."
