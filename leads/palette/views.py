"""The command palette: the answers to what is typed, and the same as a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.palette import palette


@needs(Permission.SEE_LEADS)
@require_GET
def search(request: TenantRequest) -> HttpResponse:
    """Search on a page of its own, where the palette can't open."""
    found = palette.answer(request, request.GET.get("q", ""))
    return render(request, "leads/search.html", {"answer": found, "section": "search"})


@needs(Permission.SEE_LEADS)
@require_GET
def options(request: TenantRequest) -> HttpResponse:
    """Give the palette what it offers for what was typed so far."""
    found = palette.answer(request, request.GET.get("q", ""), request.GET.get("on", ""))
    return render(request, "leads/_palette_options.html", {"answer": found})
