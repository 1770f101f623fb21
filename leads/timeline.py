"""What happened to a lead, newest first."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from crm import at_once
from crm.tenants.models import Tenant, User
from leads.models import Lead, Origin, TimelineEntry

SHOWN = 100
LONGEST_NOTE = 5000
# How the entry of a find begins; and what stands there for a campaign that a reader does not see.
FOUND_BY = "Found by "
ELSEWHERE = "a colleague’s campaign"


def write(lead: Lead, kind: str, text: str, *, by: User | None) -> TimelineEntry:
    """Add an entry in the transaction of what it tells of."""
    return TimelineEntry.of(lead.tenant).create(
        tenant=lead.tenant, lead=lead, kind=kind, text=text, by=by
    )


def write_all(told: Mapping[Lead, str], kind: str, *, tenant: Tenant, by: User | None) -> None:
    """Add an entry to each of these leads, in one statement."""
    at_once.insert(
        TimelineEntry(tenant=tenant, lead=lead, kind=kind, text=text, by=by)
        for lead, text in told.items()
    )


def of(lead: Lead) -> QuerySet[TimelineEntry]:
    """Read the newest entries."""
    entries = TimelineEntry.of(lead.tenant).filter(lead=lead).select_related("by")
    return entries.order_by("-id")[:SHOWN]


def shown(lead: Lead, origins: Iterable[Origin]) -> list[TimelineEntry]:
    """Read the newest entries for somebody to whom these origins, with `is_seen`, are shown.

    The name that a campaign had when it found the lead is not told to who may not see it.
    """
    entries = list(of(lead))
    if all(origin.is_seen for origin in origins):
        return entries
    for entry in entries:
        veil(entry)
    return entries


def veil(entry: TimelineEntry) -> None:
    """Leave the name of the campaign out, where the entry tells of a find."""
    if entry.kind == TimelineEntry.Kind.ORIGIN and entry.text.startswith(FOUND_BY):
        entry.text = f"{FOUND_BY}{ELSEWHERE}."
