"""Reckons how well organisations are known that came in, or that somebody has written into."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models.functions import Now
from django.utils import timezone

from crm import ids
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from leads.enriching import gathering, quality
from leads.models import Organisation, Quality, TimelineEntry, Upkeep

LOT = 100
UNTIL_NEXT = timedelta(minutes=5)
# What was begun before then has been committed by now: ids are older than their commit.
LATE = timedelta(minutes=10)
TOLD = "told"


def work(row: Upkeep, lease: Lease) -> None:
    """Reckon the next ones; when there are none, wait for more."""
    with acting_for(row.tenant):
        bound = ids.since(timezone.now() - LATE)
        new = _new(row.tenant, row.last or ids.NOBODYS)
        told = ids.read(str(row.counts.get(TOLD, ""))) or ids.since(row.created_at)
        changed = _changed(row.tenant, told)
        known = Quality.of(row.tenant).filter(organisation__in=new)
        done = set(known.values_list("organisation", flat=True))
        meant = {ident for ident in new if ident not in done} | {each for _, each in changed}
        reckon(row.tenant, sorted(meant))
        last = new[-1] if new else row.last
        told = changed[-1][0] if changed else told
        if len(new) == LOT or len(changed) == LOT:
            lease.release(row, last=last, counts={TOLD: str(told)})
            return
        lease.release(
            row,
            state=State.WAITING,
            due_at=Now() + UNTIL_NEXT,
            last=min(last, bound) if last else None,
            counts={TOLD: str(min(told, bound))},
        )


def reckon(tenant: Tenant, idents: Sequence[UUID]) -> int:
    """Write down how well these are known as of today; say how many there were."""
    found = gathering.gather(tenant, idents) if idents else []
    if found:
        quality.keep(tenant, found)
    return len(found)


def _new(tenant: Tenant, after: UUID) -> list[UUID]:
    rows = Organisation.of(tenant).filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:LOT])


def _changed(tenant: Tenant, after: UUID) -> list[tuple[UUID, UUID]]:
    """Give the organisations of which people have changed something, with the entry that says so.

    Whatever else writes there has them reckoned itself.
    """
    rows = TimelineEntry.of(tenant).filter(
        pk__gt=after, kind=TimelineEntry.Kind.FIELD, by__isnull=False
    )
    return list(rows.order_by("pk").values_list("pk", "lead__organisation")[:LOT])
