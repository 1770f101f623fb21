"""Which runs, and which of their organisations, a member sees."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from crm.tenants import scope
from crm.tenants.models import Membership
from leads.models import EnrichmentItem, EnrichmentRun
from leads.sight import sight


def runs(membership: Membership) -> QuerySet[EnrichmentRun]:
    """Give what people in the member's scope began, and looks at leads that the member sees."""
    rows: QuerySet[EnrichmentRun] = EnrichmentRun.of(membership.tenant)
    reach = scope.of(membership)
    if reach.everything:
        return rows
    is_lead = Q(why=EnrichmentRun.Why.LEAD)
    seen = Exists(sight.leads(membership).filter(pk=OuterRef("ref")))
    return rows.filter((is_lead & Q(seen)) | (~is_lead & Q(by__in=reach.people)))


def load(membership: Membership, ident: UUID) -> EnrichmentRun:
    """Give a run that the member sees, or answer 404."""
    rows = runs(membership).select_related("by", "tenant")
    found: EnrichmentRun = get_object_or_404(rows, pk=ident)
    return found


def items(membership: Membership, run: EnrichmentRun) -> QuerySet[EnrichmentItem, Any]:
    """Give those of a run whose organisation has a lead that the member sees."""
    rows: QuerySet[EnrichmentItem] = EnrichmentItem.of(run.tenant).filter(run=run)
    if scope.of(membership).everything:
        return rows
    seen = sight.leads(membership).filter(organisation=OuterRef("organisation"))
    return rows.filter(Exists(seen))
