"""Leads like one that is looked at, and the page of what closeness is measured against."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from crm.tenants.permissions import Permission, TenantRequest, may, needs
from leads.sight.load import load
from leads.vectors import alike, ideal, known, standing
from leads.vectors.forms import IdealForm


@needs(Permission.SEE_LEADS)
@require_GET
def like(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show the leads that are most like this one: a few beside it, more on a page of their own."""
    lead = load(request, lead_id)
    most = alike.SHOWN if request.htmx else alike.SHOWN_ON_PAGE
    found = alike.read(lead, request.membership, most)
    context = {"lead": lead, "found": found, "section": "leads"}
    name = "leads/_alike_found.html" if request.htmx else "leads/alike.html"
    return render(request, name, context)


@needs(Permission.SEE_LEADS)
@require_http_methods(["GET", "POST"])
def closeness(request: TenantRequest) -> HttpResponseBase:
    """Show what closeness is measured against; managers write of the ideal customer here."""
    if request.method == "POST":
        return _write(request)
    row = known.words(request.tenant)
    return _page(request, IdealForm(initial={"words": row.words if row else ""}))


@needs(Permission.ADMINISTER)
def _write(request: TenantRequest) -> HttpResponse:
    form = IdealForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if ideal.write(request.tenant, form.cleaned_data["words"], by=request.user):
        messages.success(request, "Saved. Leads are measured against it within minutes.")
    else:
        messages.info(request, "Nothing was changed.")
    return redirect("leads:closeness")


def _page(request: TenantRequest, form: IdealForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "standing": standing.read(request.tenant),
        "may_write": may(request.membership, Permission.ADMINISTER),
        "section": "leads",
    }
    return render(request, "leads/closeness.html", context, status=status)
