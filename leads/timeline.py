"""What happened to a lead, newest first."""

from collections.abc import Mapping

from django.db.models import QuerySet

from crm.tenants.models import Tenant, User
from leads.models import Lead, TimelineEntry

SHOWN = 100
LONGEST_NOTE = 5000


def write(lead: Lead, kind: str, text: str, *, by: User | None) -> TimelineEntry:
    """Add an entry in the transaction of what it tells of."""
    return TimelineEntry.of(lead.tenant).create(
        tenant=lead.tenant, lead=lead, kind=kind, text=text, by=by
    )


def write_all(told: Mapping[Lead, str], kind: str, *, tenant: Tenant, by: User | None) -> None:
    """Add an entry to each of these leads, in one statement."""
    TimelineEntry.of(tenant).bulk_create(
        TimelineEntry(tenant=tenant, lead=lead, kind=kind, text=text, by=by)
        for lead, text in told.items()
    )


def of(lead: Lead) -> QuerySet[TimelineEntry]:
    """Read the newest entries."""
    entries = TimelineEntry.of(lead.tenant).filter(lead=lead).select_related("by")
    return entries.order_by("-id")[:SHOWN]
