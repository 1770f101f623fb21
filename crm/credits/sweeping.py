"""Gives back what runs that are over have left reserved, whatever became of them."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.upward import named

# What is held for a single call belongs to no run that could say that it is still needed.
YOUNG = timedelta(hours=1)


def release_forgotten() -> int:
    """Release every old reservation that nobody works on any more; say how many.

    Who reserves says which are still needed (`RESERVATIONS_NEEDED`); while nobody does, none is
    touched.
    """
    asked = named("RESERVATIONS_NEEDED")
    if not asked:
        return 0
    many = 0
    for tenant, ids in _old().items():
        with acting_for(tenant):
            needed = {ident for still in asked for ident in still(tenant, ids)}
        for ident in ids - needed:
            with acting_for(tenant):
                credits.release(tenant, ident)
            many += 1
    return many


def _old() -> dict[Tenant, set[UUID]]:
    same = CreditEntry.across_tenants.filter(
        tenant=OuterRef("tenant"), reservation=OuterRef("reservation"), kind=Kind.RELEASE
    )
    begun = CreditEntry.across_tenants.filter(
        ~Exists(same), kind=Kind.RESERVE, at__lt=timezone.now() - YOUNG
    )
    found: dict[Tenant, set[UUID]] = {}
    for entry in begun.select_related("tenant"):
        if entry.reservation is not None:
            found.setdefault(entry.tenant, set()).add(entry.reservation)
    return found
