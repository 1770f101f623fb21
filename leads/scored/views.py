"""Setting a lead's score by hand, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.scored import catalogue, evidence, overriding, rows, told
from leads.scored.forms import OverrideForm
from leads.sight.load import load
from scoring import insights


@needs(Permission.WORK_LEADS)
@require_http_methods(["GET", "POST"])
def override(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Ask for points and a reason, and set them."""
    lead = load(request, lead_id)
    form = OverrideForm(request.POST or None, initial={"points": lead.score})
    if request.method == "POST" and form.is_valid():
        try:
            lead = overriding.put(lead, **form.cleaned_data, by=request.user)
        except overriding.Closed as closed:
            form.add_error(None, closed.said)
        else:
            messages.success(request, f"The score is {lead.score} until somebody takes that back.")
            return redirect(f"{lead.get_absolute_url()}#receipt")
    status = 422 if form.errors else 200
    context = {"lead": lead, "form": form, "section": "leads"}
    return render(request, "leads/override.html", context, status=status)


@needs(Permission.WORK_LEADS)
@require_POST
def automatic(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Have the scorecard decide again."""
    lead = load(request, lead_id)
    try:
        lead = overriding.take_back(lead, by=request.user)
    except overriding.Closed as closed:
        messages.error(request, closed.said)
    else:
        messages.success(request, f"The scorecard decides again: {lead.score} points.")
    return redirect(f"{lead.get_absolute_url()}#receipt")


@needs(Permission.SEE_LEADS)
@require_GET
def seen(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show the risks and opportunities that its evidence shows, each with one thing to do."""
    lead = load(request, lead_id)
    rows_of = rows.read(request.tenant, [lead.pk])
    found = []
    if rows_of:
        (evidence_of,) = evidence.gather(request.tenant, rows_of)
        found = insights.of(evidence_of, catalogue.of(request.tenant))
    context = {"lead": lead, "insights": found, "section": "leads"}
    name = "leads/_insights.html" if request.htmx else "leads/insights.html"
    return render(request, name, context)


@needs(Permission.SEE_LEADS)
@require_GET
def history(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show how the score came to be what it is."""
    lead = load(request, lead_id)
    context = {"lead": lead, "trend": told.trend(lead), "section": "leads"}
    name = "leads/_score_trend.html" if request.htmx else "leads/score_history.html"
    return render(request, name, context)
