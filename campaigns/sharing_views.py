"""Who sees a campaign, as the panel of its page says it; and the pages on which it is shared."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from campaigns.addressed import campaign_of
from campaigns.models import Campaign
from crm.sharing import pages, panel
from crm.sharing.panel import Line, Panel
from crm.tenants.models import Membership, Reach
from crm.tenants.permissions import Permission, TenantRequest, needs

SECTION = "campaigns"


def of(campaign: Campaign, membership: Membership) -> Panel:
    """Give the panel of a campaign."""
    tenant, lines = membership.tenant, []
    if campaign.created_by is not None:
        lines = [Line(str(campaign.created_by), "made it")]
        lines.append(Line("The lead of their team", "by leading it"))
        names = {"Reps": tenant.rep_reach, "Viewers": tenant.viewer_reach}
        lines += [
            Line(f"{name} of their team", panel.BY_SETTINGS)
            for name, reach in names.items()
            if reach == Reach.TEAM
        ]
    return panel.read(campaign, "campaigns:", membership=membership, lines=lines)


@needs(Permission.SEE_LEADS)
@require_GET
def shares(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Show who sees the campaign, and with whom it could be shared."""
    row = campaign_of(request, campaign_id)
    return pages.show(request, of(row, request.membership), SECTION)


@needs(Permission.SHARE)
@require_POST
def share(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Let somebody see the campaign, and with it the leads that it finds."""
    row = campaign_of(request, campaign_id)
    return pages.add(request, row, row.get_absolute_url())


@needs(Permission.SHARE)
@require_POST
def unshare(request: TenantRequest, campaign_id: UUID) -> HttpResponse:
    """Take that back."""
    row = campaign_of(request, campaign_id)
    return pages.remove(request, row, row.get_absolute_url(), reverse("campaigns:list"))
