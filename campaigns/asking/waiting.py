"""What waits for a key, and what still needs the credits that are held for it."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from campaigns.discovery.sources import LIVE
from campaigns.models import Inquiry, Run
from crm import tasks
from crm.tenants.models import Tenant
from crm.work import together
from crm.work.models import State


def at_once(tenant: Tenant, service: str) -> None:
    """Have what waits for this service's next moment asked now."""
    slugs = [source.slug for source in LIVE if source.service == service]
    waiting = Inquiry.of(tenant).filter(source_run__source__in=slugs, state=State.WAITING)
    if together.change(waiting.filter(ticket=""), due_at=timezone.now()):
        tasks.wake()


def needed(tenant: Tenant, idents: Collection[UUID]) -> set[UUID]:
    """Say which of these reservations belong to a run that goes on."""
    active = Run.of(tenant).filter(reservation__in=idents, state__in=Run.ACTIVE)
    return {ident for ident in active.values_list("reservation", flat=True) if ident}
