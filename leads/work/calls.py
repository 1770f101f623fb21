"""Calls: how they went, what was said, and what is to follow."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tenants import members
from crm.tenants.models import User
from leads.lead.locking import lock
from leads.models import Lead, TimelineEntry
from leads.scored import flow
from leads.timeline import mentions, timeline
from leads.timeline.mentions import Mentioned
from leads.work import tasks


class Outcome(models.TextChoices):
    """How a call went."""

    REACHED = "reached", "Reached"
    VOICEMAIL = "voicemail", "Left a voicemail"
    NO_ANSWER = "no_answer", "No answer"
    CALL_BACK = "call_back", "Asked to call back"
    WRONG_NUMBER = "wrong_number", "Wrong number"


# Somebody there was spoken to.
SPOKEN = {Outcome.REACHED, Outcome.CALL_BACK}


@dataclass(frozen=True)
class FollowUp:
    """What is to be done next, by when."""

    text: str
    due_at: datetime | date


@transaction.atomic
def log(
    lead: Lead, outcome: Outcome, *, note: str = "", follow_up: FollowUp | None = None, by: User
) -> Mentioned:
    """Write a call down, and plan what follows as a task of whoever called."""
    if follow_up is not None:
        members.keep(lead.tenant, by)
    lead = lock(lead)
    note = note.strip()
    text = note or f"{outcome.label}."
    timeline.write(lead, TimelineEntry.Kind.CALL, text, by=by, outcome=outcome.value)
    if outcome in SPOKEN:
        Lead.of(lead.tenant).filter(pk=lead.pk).update(contacted_at=timezone.now())
    audit.write(lead, "called", by=by, after={"outcome": outcome.label})
    flow.queue_all([lead])
    if follow_up is not None:
        tasks.add(lead, follow_up.text, due_at=follow_up.due_at, owner=by, by=by)
    return mentions.tell_all(lead, note, by=by)
