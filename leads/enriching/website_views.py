"""Whether a website that names somebody else is theirs, answered on the lead's page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.enriching import vouching
from leads.enriching.deciding import CannotDecide
from leads.facts.clashes import ChangedMeanwhile
from leads.models import Lead
from leads.sight.load import load

THEIRS = "The website is theirs. {rest}"
NEWS = "What it says is taken in now."
LATER = "What it says is taken in when somebody finds out more."
GONE = "The website is taken away and not offered again."


@needs(Permission.WORK_LEADS)
@require_POST
def theirs(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Have a website be believed that seems to be somebody else's."""
    lead = load(request, lead_id)
    try:
        vouching.confirm(lead, request.user)
    except CannotDecide as refused:
        messages.error(request, str(refused))
        return _back(lead)
    is_news = vouching.take_in(lead, request.user)
    messages.info(request, THEIRS.format(rest=NEWS if is_news else LATER))
    return _back(lead)


@needs(Permission.WORK_LEADS)
@require_POST
def not_theirs(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Take away a website that is somebody else's."""
    lead = load(request, lead_id)
    try:
        vouching.take_away(lead, request.user)
    except (CannotDecide, ChangedMeanwhile) as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, GONE)
    return _back(lead)


def _back(lead: Lead) -> HttpResponse:
    return redirect(f"{lead.get_absolute_url()}#known")
