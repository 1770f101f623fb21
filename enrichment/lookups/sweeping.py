"""Closes questions that nobody looks after any more: their run was cancelled, or has given up.

What was sent is charged for, whoever wanted it, and counts as lost; the rest was never asked.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from crm.tenants.acting import acting_for
from enrichment.contract import Provider
from enrichment.lookups import keeping, paying
from enrichment.lookups.models import Lookup
from enrichment.providers.all import BY_SLUG

# A run that is paused may go on within that time; vendors keep answers for a month.
LOOKED_AFTER = timedelta(days=7)
AT_ONCE = 1_000
LOST = "Nobody has looked for the answer. It may have been charged for."


def close_forgotten() -> int:
    """Close such questions of all companies, each booked once; give how many there were."""
    late = timezone.now() - LOOKED_AFTER
    rows = Lookup.across_tenants.filter(state=Lookup.State.OPEN, created_at__lt=late)
    rows = rows.filter(Q(due_at=None) | Q(due_at__lt=late)).exclude(sent_at__gt=late)
    found = list(rows.select_related("tenant").order_by("pk")[:AT_ONCE])
    for row in found:
        with acting_for(row.tenant):
            close(row, BY_SLUG.get(row.provider))
    return len(found)


def close(row: Lookup, provider: Provider | None) -> None:
    """Close one of them, in the transaction of the caller, whose provider may be no more."""
    held = Lookup.of(row.tenant).filter(pk=row.pk, state=Lookup.State.OPEN)
    now = held.select_for_update().first()
    if now is None:
        return
    if now.sent_at is None or provider is None:
        now.delete()
        return
    purse = paying.Purse(now.reservation, None, None, now.segment)
    cost = now.cost_micros
    noted = paying.book(now, provider, purse, quantity=0, cost_micros=cost)
    changes = {"state": Lookup.State.LOST, "trouble": LOST, "answered_at": timezone.now(), **noted}
    if not now.is_current:
        changes |= keeping.FORGOTTEN
    held.update(**changes)
