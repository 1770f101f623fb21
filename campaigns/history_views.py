"""What the audit trail says of a campaign, for those who work with it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from campaigns.addressed import campaign_of
from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.trail import pages


@needs(Permission.WORK_LEADS)
@require_GET
def show(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Show who changed what of the campaign, and its runs and schedule."""
    campaign = campaign_of(request, campaign_id)
    back = campaign.get_absolute_url()
    return pages.answer(request, [campaign], back=back, section="campaigns")
