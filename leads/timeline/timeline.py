"""What happened to a lead, newest first."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from crm.ids import uuid7
from crm.tenants.models import Tenant, User
from leads.models import Lead, Origin, TimelineEntry
from leads.timeline.origins import is_hidden

SHOWN = 50
LONGEST_NOTE = 5000
# How the entry of a find begins; and what stands there for a campaign that a reader does not see.
FOUND_BY = "Found by "
ELSEWHERE = "a colleague’s campaign"
# Fifty thousand at a time: the objects of so many would take longer than the rows.
ADD = """
INSERT INTO leads_timelineentry (outcome, tenant_id, kind, at, by_id, id, lead_id, text)
SELECT '', %s, %s, %s, %s::uuid, * FROM unnest(%s::uuid[], %s::uuid[], %s::text[])
"""


def write(lead: Lead, kind: str, text: str, *, by: User | None, outcome: str = "") -> TimelineEntry:
    """Add an entry in the transaction of what it tells of; a person's makes the lead active."""
    entry = TimelineEntry.of(lead.tenant).create(
        tenant=lead.tenant, lead=lead, kind=kind, text=text, by=by, outcome=outcome
    )
    if by is not None:
        Lead.of(lead.tenant).filter(pk=lead.pk).update(active_at=entry.at)
        lead.active_at = entry.at
    return entry


def write_all(told: Mapping[Lead, str], kind: str, *, tenant: Tenant, by: User | None) -> None:
    """Add an entry to each of these leads, in one statement."""
    write_by_id({lead.pk: text for lead, text in told.items()}, kind, tenant=tenant, by=by)


def write_by_id(told: Mapping[UUID, str], kind: str, *, tenant: Tenant, by: User | None) -> None:
    """Add an entry to each of the leads with these ids, in one statement."""
    alike: list[Any] = [tenant.pk, str(kind), timezone.now(), by.pk if by else None]
    each: list[Any] = [[uuid7() for _ in told], list(told), list(told.values())]
    with connection.cursor() as cursor:
        cursor.execute(ADD, alike + each)


def of(
    lead: Lead, kinds: Collection[str] = (), *, before: UUID | None = None
) -> QuerySet[TimelineEntry]:
    """Read the newest entries, one more than is shown; of these kinds, if any are named."""
    entries = TimelineEntry.of(lead.tenant).filter(lead=lead).select_related("by")
    if kinds:
        entries = entries.filter(kind__in=kinds)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    return entries.order_by("-id")[: SHOWN + 1]


def shown(
    lead: Lead,
    origins: Iterable[Origin],
    kinds: Collection[str] = (),
    *,
    before: UUID | None = None,
) -> list[TimelineEntry]:
    """Read the newest entries for somebody to whom these origins, with `is_seen`, are shown.

    The name that a campaign had when it found the lead is not told to who may not see it.
    """
    entries, origins = list(of(lead, kinds, before=before)), list(origins)
    if not any(map(is_hidden, origins)):
        return entries
    told = {f"{FOUND_BY}{each.label}." for each in origins if not is_hidden(each)}
    for entry in entries:
        if entry.text not in told:
            veil(entry)
    return entries


def veil(entry: TimelineEntry) -> None:
    """Leave the name of the campaign out, where the entry tells of a find."""
    if entry.kind == TimelineEntry.Kind.ORIGIN and entry.text.startswith(FOUND_BY):
        entry.text = f"{FOUND_BY}{ELSEWHERE}."
