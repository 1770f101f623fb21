"""What happens to a lead when more becomes known of it, in the background."""

import logging
from collections.abc import Iterable

from django.utils import timezone

from crm import tasks
from crm.tenants.acting import acting_for
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import FlowStep, Lead
from leads.scored import scores

logger = logging.getLogger(__name__)


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
    due, leads = timezone.now(), list(leads)
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
    """Score the lead that is due."""
    with acting_for(step.tenant):
        leads = Lead.of(step.tenant).select_related("organisation", "contact", "tenant")
        scores.refresh(leads.get(pk=step.lead_id))
        lease.finish(step)


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
    batch=25,
    about=about,
    related=("lead__organisation",),
)
