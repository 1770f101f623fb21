"""What was told of and not looked at, since enough was found or the run was cancelled before.

It is paid for: the next run that goes on behind looks at it first. What was told for nothing, or
may be kept no longer than a check takes, is thrown away instead, and its question is asked again.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Run, SourceRun, Verification
from crm.tenants.models import Tenant
from crm.work import together
from crm.work.lease import FREE
from crm.work.models import State

NOT_LOOKED_AT = "Not looked at: enough was found."


def leave(rows: QuerySet[Verification]) -> None:
    """Look at none of these in this run."""
    over: dict[str, Any] = {"state": State.DONE, "last_error": NOT_LOOKED_AT, **FREE}
    costly = [slug for slug, source in LIVE_BY_SLUG.items() if source.costs]
    is_gone = ~Q(source_run__source__in=costly) | Q(sighting__place_id__gt="")
    together.change(rows.filter(is_gone), sighting={}, **over)
    together.change(rows, **over)


def take_over(row: SourceRun, behind: Iterable[Run]) -> int:
    """Have those of earlier runs checked in this one; say how many there were."""
    left = Verification.of(row.tenant).filter(
        source_run__run__in=behind, source_run__source=row.source, last_error=NOT_LOOKED_AT
    )
    left = left.exclude(sighting={})
    known = Verification.of(row.tenant).filter(source_run=row).values("key")
    fresh = left.exclude(key__in=known).order_by("key", "-id").distinct("key")
    made = Verification.of(row.tenant).bulk_create(
        Verification(
            tenant=row.tenant,
            source_run=row,
            inquiry_id=each.inquiry_id,
            key=each.key,
            sighting=each.sighting,
        )
        for each in fresh
    )
    together.change(left, sighting={}, last_error="")
    return len(made)


def thrown_away(tenant: Tenant) -> Exists:
    """Whether an inquiry told of something that nobody looked at and nobody can any more."""
    rows = Verification.of(tenant).filter(inquiry=OuterRef("pk"), last_error=NOT_LOOKED_AT)
    return Exists(rows.filter(sighting={}))
