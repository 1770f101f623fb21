"""The campaign that an address names."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from campaigns.models import Campaign
from crm.tenants.permissions import TenantRequest


def campaign_of(request: TenantRequest, campaign_id: UUID) -> Campaign:
    """Give the tenant's campaign with its maker; raises Http404."""
    campaigns = Campaign.of(request.tenant).select_related("tenant", "created_by")
    return get_object_or_404(campaigns, pk=campaign_id)
