"""The campaign, or the run of one, that an address names."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from campaigns import sight
from campaigns.models import Campaign, Run
from crm.tenants.permissions import TenantRequest


def campaign_of(request: TenantRequest, campaign_id: UUID) -> Campaign:
    """Give the campaign with its maker, if the member sees it; raises Http404."""
    campaigns = sight.campaigns(request.membership).select_related("tenant", "created_by")
    return get_object_or_404(campaigns, pk=campaign_id)


def run_of(request: TenantRequest, run_id: UUID) -> Run:
    """Give the run, if the member sees its campaign; raises Http404."""
    runs = Run.of(request.tenant).filter(campaign__in=sight.campaigns(request.membership))
    return get_object_or_404(runs.select_related("campaign__tenant", "tenant"), pk=run_id)
