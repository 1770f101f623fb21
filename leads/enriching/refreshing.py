"""The nightly refresh: of open leads those are asked about anew that are worth most and oldest."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils import timezone

from crm.credits import credits
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from enrichment.kinds import USUAL
from enrichment.lookups.models import Rules
from leads.enriching import launching, plan
from leads.models import EnrichmentItem, EnrichmentRun, Fact, Lead, Upkeep
from leads.records.known import Status

KINDS = (*USUAL, "checks")
LABEL = "what has grown old"
# Who was asked about and stayed as they were must not keep the others from their turn.
REST = timedelta(days=14)
# Of a lead whose value nobody has written, in pence.
USUAL_VALUE = 100_000
NOTHING_OLD = "Nothing of your open leads has grown old."


def work(row: Upkeep, lease: Lease) -> None:
    """Pick the leads, and begin a run about them."""
    with acting_for(row.tenant):
        settled = plan.rules(row.tenant)
        said, run = "", None
        if not settled.refreshes:
            said = "It was switched off before its turn."
        elif not (idents := pick(row.tenant, settled.refresh_most)):
            said = NOTHING_OLD
        else:
            run = _launch(row.tenant, idents, settled)
        lease.finish(
            row,
            ended_at=timezone.now(),
            said=said,
            run=run.pk if run else None,
            counts={"leads": run.total, "credits": run.most} if run else {},
        )


def pick(tenant: Tenant, most: int) -> list[UUID]:
    """Give organisations of open leads: those first whose value and number of old facts is most.

    A lead is worth its value by its stage's chance of winning.
    """
    old = (
        Fact.of(tenant)
        .filter(
            organisation=OuterRef("organisation"),
            status=Status.APPLIED,
            old_on__lte=timezone.localdate(),
        )
        .order_by()
        .values("organisation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    lately = EnrichmentItem.of(tenant).filter(
        run__why=EnrichmentRun.Why.SCHEDULE, run__created_at__gt=timezone.now() - REST
    )
    rows = (
        Lead.of(tenant)
        .filter(closed_at=None)
        .exclude(organisation__in=lately.values("organisation"))
        .annotate(old=Subquery(old))
        .filter(old__gt=0)
        .annotate(
            worth=Coalesce("value_pence", Value(USUAL_VALUE, BigIntegerField()))
            * Cast(Greatest("stage__win_chance", Value(1)), BigIntegerField())
            * F("old")
        )
        .order_by("-worth", "pk")
    )
    # An organisation may have a lead in each pipeline.
    found = rows.values_list("organisation", flat=True)[: 2 * most]
    return list(dict.fromkeys(found))[:most]


def _launch(tenant: Tenant, idents: list[UUID], settled: Rules) -> EnrichmentRun:
    available = credits.balance(tenant).available
    return launching.launch(
        tenant,
        idents,
        KINDS,
        why=EnrichmentRun.Why.SCHEDULE,
        label=LABEL,
        by=None,
        most=min(settled.refresh_credits, max(0, available)),
    )
