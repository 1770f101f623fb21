"""A person's word on a score, with its reason; and back to what the scorecard says."""

import re
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from crm.ledger import audit
from crm.tenants.models import User
from leads.lead.locking import lock
from leads.models import Lead, Override, Score, TimelineEntry
from leads.scored import cards, flow
from leads.timeline import timeline

# How the entries of a timeline begin that tell of it, and what stands between the parts.
PUT, TAKEN_BACK = "Score set to ", "Score is automatic again"
SAID = re.compile(rf"{PUT}(?P<points>\d{{1,3}}) \((?P<tier>\w{{1,8}})\): (?P<reason>.*)", re.DOTALL)
LONGEST = Override._meta.get_field("reason").max_length


class Closed(ValueError):
    """The lead is closed: its score stays as it was when it was closed."""

    said = "This lead is closed, and its score stays as it was. Reopen it first."


@transaction.atomic
def put(lead: Lead, *, points: int, reason: str, by: User) -> Lead:
    """Set the points of an open lead, whatever is found out later; raises Closed and Gone."""
    lead = lock(lead)
    if lead.closed_at is not None:
        raise Closed
    before = {"score": lead.score}
    Override.of(lead.tenant).update_or_create(
        tenant=lead.tenant, lead=lead, defaults={"points": points, "reason": reason, "by": by}
    )
    lead.score, lead.is_set = points, True
    lead.tier = cards.current(lead.tenant).engine.card.tier(points)
    lead.save(update_fields=["score", "tier", "is_set"])
    text = f"{PUT}{points} ({lead.tier}): {reason}"
    timeline.write(lead, TimelineEntry.Kind.SCORE, text, by=by)
    audit.write(
        lead, "score set", by=by, before=before, after={"score": points, "reason": reason}
    )
    return lead


@transaction.atomic
def take_back(lead: Lead, *, by: User) -> Lead:
    """Have the scorecard decide again, at once by its last reckoning and then by a new one.

    A lead whose score nobody has set stays as it is; raises Closed and Gone.
    """
    lead = lock(lead)
    if not lead.is_set:
        return lead
    if lead.closed_at is not None:
        raise Closed
    before = {"score": lead.score}
    Override.of(lead.tenant).filter(lead=lead).delete()
    last = Score.of(lead.tenant).filter(lead=lead).order_by("-id").first()
    lead.is_set = False
    if last is not None:
        lead.score, lead.tier = last.points, last.tier
    lead.save(update_fields=["score", "tier", "is_set"])
    text = f"{TAKEN_BACK}: {lead.score} ({lead.tier})."
    timeline.write(lead, TimelineEntry.Kind.SCORE, text, by=by)
    audit.write(
        lead, "score automatic", by=by, before=before, after={"score": lead.score}
    )
    flow.queue(lead)
    return lead


class Word(NamedTuple):
    """What a person once said of a score; `points` is None where they gave it back."""

    at: datetime
    by: str
    points: int | None
    tier: str
    reason: str


def words(lead: Lead, most: int) -> list[Word]:
    """Give the latest of what people said of a lead's score, the newest first.

    What was taken back is told by the timeline alone.
    """
    begins = Q(text__startswith=PUT) | Q(text__startswith=TAKEN_BACK)
    kind = TimelineEntry.Kind.SCORE
    found = TimelineEntry.of(lead.tenant).filter(begins, lead=lead, kind=kind, by__isnull=False)
    return [_word(each) for each in found.select_related("by").order_by("-id")[:most]]


def _word(entry: TimelineEntry) -> Word:
    said = SAID.fullmatch(entry.text)
    if said is None:
        return Word(entry.at, entry.by_label, None, "", "")
    return Word(entry.at, entry.by_label, int(said["points"]), said["tier"], said["reason"])
