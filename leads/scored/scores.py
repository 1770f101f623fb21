"""Scores a lead from what is known of it, and keeps each reckoning that differs from the last."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from crm.registers.models import RegisterEntry
from leads.models import Contact, Lead, Organisation, Origin, Score
from leads.scored import cards, sources, storing
from leads.scored.cards import Working
from leads.scored.listed import Printed
from leads.scored.rows import Shows
from scoring.engine import Scored
from scoring.evidence import Evidence
from scoring.receipt import Receipt, read

SHOWN = (*Shows._fields, "chance", "closeness")


def reckon(
    organisation: Organisation,
    contact: Contact | None,
    *,
    source: str,
    by: Working,
    entry: RegisterEntry | None = None,
) -> Scored:
    """Score what is at hand of somebody who comes in; the rest counts as soon as it is gathered.

    `entry` is where a register lists them.
    """
    values = {
        "company_name": organisation.name,
        "email": contact.email if contact else "",
        "phone": (contact.phone if contact else "") or organisation.phone,
        "contact_name": contact.name if contact else "",
        "job_title": contact.job_title if contact else "",
        "industry": organisation.industry,
        "source": source,
        "employees": organisation.employees,
        "website": organisation.website,
        "postcode": organisation.postcode,
        "latitude": organisation.latitude,
        "longitude": organisation.longitude,
    }
    known = {name: value for name, value in values.items() if value not in (None, "")}
    today = timezone.localdate()
    printed = Printed.of(organisation.pk, entry) if entry else None
    otherwise = partial(sources.new, known, printed, today.isoformat())
    return by.engine.score(Evidence(known, today, otherwise=otherwise))


def put(lead: Lead, scored: Scored) -> None:
    """Write what was reckoned into the lead's columns, unsaved."""
    for name, value in Shows.of(scored)._asdict().items():
        setattr(lead, name, value)


def kept(leads: Sequence[Lead], scored: Sequence[Scored], by: Working) -> list[Score]:
    """Make the rows that keep what each line saw, so that it can be explained at any later time."""
    return [
        Score(tenant=lead.tenant, lead=lead, card_id=by.card, **storing.columns(each))
        for lead, each in zip(leads, scored, strict=True)
    ]


@transaction.atomic
def refresh(lead: Lead) -> None:
    """Score one lead at once, from all that is known; a closed one keeps its score.

    What sees the same as the last time leaves no trace. Call it for one lead in a transaction.
    """
    # The lead before the company's turn, as whoever has it in hand already.
    Lead.of(lead.tenant).filter(pk=lead.pk).select_for_update(no_key=True).values("pk").first()
    storing.score(lead.tenant, [lead.pk], tells=True)
    lead.refresh_from_db(fields=SHOWN)


def told(last: Score, origins: Sequence[Origin] = ()) -> Receipt | None:
    """Give a stored receipt as the page shows it; None for one of an older form.

    `origins`, with `is_seen`, are those of the lead as its reader is shown them.
    """
    card = cards.of(last.tenant, last.card_id).engine.card
    return read(last.receipt, last.points, card, partial(sources.said, origins))
