"""Upkeep as rows of work: what comes in is reckoned, leads are kept fresh, records tidied.

A piece of each is one transaction that writes what it did along with how far it has come: a worker
that is killed at any instant has done the whole piece or nothing of it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tasks import wake
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from enrichment.lookups.models import Rules
from leads.enriching import reckoning, refreshing, regular, tidying
from leads.models import Upkeep

Kind = Upkeep.Kind
LIVE = (State.READY, State.LEASED, State.WAITING)
# So many companies begin at a time; the others a minute later.
AT_ONCE = 50
WORKS: dict[str, Callable[[Upkeep, Lease], None]] = {
    Kind.RECKONING: reckoning.work,
    Kind.REFRESH: refreshing.work,
    Kind.TIDYING: tidying.work,
}


def begin(tenant: Tenant, kind: Upkeep.Kind, *, by: User | None) -> tuple[Upkeep, bool]:
    """Begin one, unless one of its kind is under way; say whether it is a new one."""
    known = live(tenant, kind)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            row = Upkeep.of(tenant).create(tenant=tenant, kind=kind, by=by)
            audit.write(row, "began", by=by)
    except IntegrityError:
        # Somebody else began one at this moment.
        known = live(tenant, kind)
        if known is None:
            raise
        return known, False
    wake()
    return row, True


def live(tenant: Tenant, kind: Upkeep.Kind) -> Upkeep | None:
    """Give the one that is under way."""
    return Upkeep.of(tenant).filter(kind=kind, state__in=LIVE).first()


def last(tenant: Tenant, most: int) -> list[Upkeep]:
    """Give the last turns that have ended, the latest first."""
    ended = Upkeep.of(tenant).filter(ended_at__isnull=False).select_related("by")
    return list(ended.order_by("-created_at", "-id")[:most])


def begin_due() -> None:
    """Begin what is due; somewhere else another worker may be doing the same."""
    _reckon_everywhere()
    now = timezone.now()
    rules = Rules.across_tenants.select_related("tenant")
    due = rules.filter(refreshes=True, next_refresh_at__lte=now).order_by("next_refresh_at")
    for row in due[:AT_ONCE]:
        following = {"next_refresh_at": regular.next_night(row.tenant)}
        _begin(row, Kind.REFRESH, {"next_refresh_at": row.next_refresh_at}, following)
    due = rules.filter(cleans=True, next_cleaning_at__lte=now).order_by("next_cleaning_at")
    for row in due[:AT_ONCE]:
        following = {"next_cleaning_at": regular.next_sunday(row.tenant)}
        _begin(row, Kind.TIDYING, {"next_cleaning_at": row.next_cleaning_at}, following)


def _begin(
    row: Rules,
    kind: Upkeep.Kind,
    now: Mapping[str, datetime | None],
    then: Mapping[str, datetime],
) -> None:
    with transaction.atomic():
        if Rules.of(row.tenant).filter(pk=row.pk, **now).update(**then):
            begin(row.tenant, kind, by=None)


def _reckon_everywhere() -> None:
    """Have each company's organisations be reckoned as they come in."""
    known = Upkeep.across_tenants.filter(kind=Kind.RECKONING).values("tenant")
    new = Tenant.objects.exclude(pk__in=known).order_by("pk")[:AT_ONCE]
    rows = [Upkeep(tenant=tenant, kind=Kind.RECKONING) for tenant in new]
    if rows:
        Upkeep.across_tenants.bulk_create(rows, ignore_conflicts=True)
        wake()


def work(row: Upkeep, lease: Lease) -> None:
    """Do the next piece."""
    WORKS[row.kind](row, lease)


def gave_up(row: Upkeep) -> None:
    """Say on the page that it came to no end; what it did stays."""
    said = "It failed again and again. Whoever looks after this installation sees why."
    Upkeep.of(row.tenant).filter(pk=row.pk).update(ended_at=timezone.now(), said=said)


def queued_again(row: Upkeep) -> None:
    """Go on where it stopped, unless another is under way; raises CannotQueue."""
    if live(row.tenant, Kind(row.kind)) is not None:
        raise queue.CannotQueue("Another one is under way. Wait for its end.")
    Upkeep.of(row.tenant).filter(pk=row.pk).update(ended_at=None, said="")


def about(row: Upkeep) -> str:
    """Say to people what it does."""
    return str(row)


TABLE = Table(
    model=Upkeep, work=work, gave_up=gave_up, queued_again=queued_again, about=about
)
