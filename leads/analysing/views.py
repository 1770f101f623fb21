"""The part of a lead's page that shows what the AI makes of it, and the button that asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm import ids
from crm.credits import credits
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.analysing import analyses, shown
from leads.models import Lead
from leads.sight.load import load

LONGEST_PRICE = 9


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show the latest analysis, or the older one that is named."""
    return _part(request, load(request, lead_id))


@needs(Permission.WORK_LEADS)
@require_POST
def ask(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Have the AI asked, for no more than was said before."""
    lead = load(request, lead_id)
    quoted = request.POST.get("most", "")
    most = int(quoted) if quoted.isdecimal() and len(quoted) <= LONGEST_PRICE else -1
    try:
        analyses.begin(lead, most=most, by=request.user)
    except (analyses.CannotAsk, credits.TooFew) as refused:
        if request.htmx:
            return _part(request, lead, str(refused))
        messages.error(request, str(refused))
        return redirect("leads:analysis", lead_id=lead.pk)
    if request.htmx:
        return _part(request, lead)
    messages.info(request, "On its way. The answer appears on the lead’s page as it comes.")
    return redirect(f"{lead.get_absolute_url()}#analysis")


def _part(request: TenantRequest, lead: Lead, refused: str = "") -> HttpResponse:
    panel = shown.read(lead, ids.read(request.GET.get("of", "")))
    available = credits.balance(request.tenant).available
    context = {
        "lead": lead,
        "panel": panel,
        "refused": refused,
        "may_ask": may(request.membership, Permission.WORK_LEADS),
        "may_see_keys": may(request.membership, Permission.SEE_KEYS),
        "available": available,
        "is_short": panel.price > available,
        "section": "leads",
    }
    page = "leads/_analysis.html" if request.htmx else "leads/analysis.html"
    return render(request, page, context, status=409 if refused else 200)
