"""What happens to a lead when more becomes known of it, in the background."""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import Error
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crm import tasks
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import FlowStep, Lead
from leads.scored import storing

logger = logging.getLogger(__name__)

# So many leads are read and written together.
LOT = 100
# Whose lead somebody has in hand at this moment is tried again after it.
UNTIL_FREE = timedelta(seconds=1)


def queue(lead: Lead) -> None:
    """Have the lead scored anew; a step that is due already serves for both."""
    FlowStep.of(lead.tenant).update_or_create(
        tenant=lead.tenant,
        lead=lead,
        defaults={
            "state": State.READY,
            "due_at": timezone.now(),
            "attempts": 0,
            "crashes": 0,
            "last_error": "",
            # Whoever scores it at this moment has not seen the news: its finish is void.
            **FREE,
        },
    )
    tasks.wake()


def queue_all(leads: Iterable[Lead]) -> None:
    """Have several leads of one company scored anew."""
    # In one order, as everybody else takes their steps.
    due, leads = timezone.now(), sorted(leads, key=lambda lead: lead.pk)
    if leads:
        tenant = leads[0].tenant
        FlowStep.of(tenant).bulk_create(
            [FlowStep(tenant=tenant, lead=lead, due_at=due) for lead in leads],
            update_conflicts=True,
            unique_fields=["lead"],
            update_fields=[
                "state", "due_at", "attempts", "crashes", "last_error", "lease_token",
                "lease_until", "lease_holder",
            ],
        )  # fmt: skip
        tasks.wake()


def advance(step: FlowStep, lease: Lease) -> None:
    """Score the lead that is due, and all that were claimed with it in the same breath."""
    with acting_for(step.tenant):
        held = _held(step.tenant, lease)
        claimed = list(held.order_by("pk").values_list("pk", flat=True))
    if step.pk not in claimed:
        # It was scored with another of its claim; or there is news, and it is due once more.
        return
    try:
        _score(step.tenant, claimed, lease)
    except Error:
        raise
    except Exception:
        if len(claimed) == 1:
            raise
        logger.exception("Could not score %d leads together", len(claimed))
        _score_each(step, claimed, lease)


def _score_each(step: FlowStep, claimed: Iterable[UUID], lease: Lease) -> None:
    """Score them one by one: one is at fault, and no other is put off for it."""
    for pk in claimed:
        try:
            _score(step.tenant, [pk], lease)
        except Error:
            raise
        except Exception:
            # Another one fails once more when it is its own turn.
            if pk == step.pk:
                raise


def _held(tenant: Tenant, lease: Lease) -> QuerySet[FlowStep]:
    return FlowStep.of(tenant).filter(lease_token=lease.token, state=State.LEASED)


def _score(tenant: Tenant, claimed: Sequence[UUID], lease: Lease) -> None:
    """Score the leads of these steps in one transaction with what becomes of the steps.

    Whoever brings news of one of them from here on waits for the end of it, and has it scored
    again; of whom there was news before, the step is not ours any more.
    """
    with acting_for(tenant):
        storing.hold(tenant)
        mine = _held(tenant, lease).filter(pk__in=claimed).order_by("pk")
        steps = dict(mine.select_for_update(no_key=True).values_list("pk", "lead_id"))
        if not steps:
            return
        stored = storing.score(tenant, list(steps.values()), tells=True)
        busy = set(stored.left)
        done = [pk for pk, lead in steps.items() if lead not in busy]
        later = [pk for pk, lead in steps.items() if lead in busy]
        clean = {"crashes": 0, "attempts": 0, **FREE}
        rows = FlowStep.of(tenant)
        rows.filter(pk__in=done).update(state=State.DONE, **clean)
        soon = Now() + UNTIL_FREE
        rows.filter(pk__in=later).update(state=State.READY, due_at=soon, **clean)


def gave_up(step: FlowStep) -> None:
    """Leave the dead step to the operations page; the lead stands where it stood."""
    logger.error("Gave up the %s: %s", step, step.last_error)


def about(step: FlowStep) -> str:
    """Say to people what the step is for."""
    return f"Scoring of {step.lead}"


TABLE = Table(
    model=FlowStep,
    work=advance,
    gave_up=gave_up,
    batch=LOT,
    about=about,
    related=("lead__organisation",),
)
