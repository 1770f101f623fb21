"""Watching a lead's organisation for news: the part of its page, and what is sent from there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.enriching import watching
from leads.models import Lead, NewsWatch
from leads.sight.load import load


@needs(Permission.ENRICH)
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show whether the person watches it; switch it on, to another pace, or off."""
    lead = load(request, lead_id)
    if request.method != "POST":
        return _part(request, lead)
    every, said = request.POST.get("every", ""), ""
    if every == "never":
        watching.end(lead, by=request.user)
        said = "You no longer watch it for news."
    elif every in NewsWatch.Every.values:
        quoted, price = request.POST.get("credits", ""), watching.price(request.tenant)
        if not quoted.isdigit() or price > int(quoted[:9]):
            return _answer(request, lead, "", "The price has changed. Look at it, then choose.")
        watching.begin(lead, every, credits=price, by=request.user)
        said = "You are told when there is news."
    else:
        return _answer(request, lead, "", "Choose every week or every month.")
    return _answer(request, lead, said, "")


def _answer(request: TenantRequest, lead: Lead, said: str, refused: str) -> HttpResponse:
    if request.htmx:
        return _part(request, lead, refused)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, said)
    return redirect(lead)


def _part(request: TenantRequest, lead: Lead, refused: str = "") -> HttpResponse:
    context = {
        "lead": lead,
        "watch": watching.of(lead, request.user),
        "price": watching.price(request.tenant),
        "searches": watching.searches(request.tenant),
        "paces": NewsWatch.Every.choices,
        "refused": refused,
        "section": "leads",
    }
    page = "leads/_watch.html" if request.htmx else "leads/watch.html"
    return render(request, page, context, status=409 if refused else 200)
