"""The pages on which leads and saved views are shared."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm.sharing import pages
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.saved import views as saved_view_views
from leads.sight import load, sharing

SECTION = "leads"


@needs(Permission.SEE_LEADS)
@require_GET
def lead(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show who sees the lead, and with whom it could be shared."""
    row = load.load(request, lead_id)
    return pages.show(request, sharing.of_lead(row, request.membership), SECTION)


@needs(Permission.SHARE)
@require_POST
def share_lead(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Let somebody see the lead."""
    row = load.load(request, lead_id)
    return pages.add(request, row, row.get_absolute_url())


@needs(Permission.SHARE)
@require_POST
def unshare_lead(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Take that back."""
    row = load.load(request, lead_id)
    return pages.remove(request, row, row.get_absolute_url(), reverse("leads:list"))


@needs(Permission.SEE_LEADS)
@require_GET
def view(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Show who sees the saved view, and with whom it could be shared."""
    row = saved_view_views.load(request, view_id)
    return pages.show(request, sharing.of_view(row, request.membership), SECTION)


@needs(Permission.SHARE)
@require_POST
def share_view(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Let somebody see the view."""
    row = saved_view_views.load(request, view_id)
    return pages.add(request, row, reverse("leads:view_edit", args=[row.pk]))


@needs(Permission.SHARE)
@require_POST
def unshare_view(request: TenantRequest, view_id: UUID) -> HttpResponse:
    """Take that back."""
    row = saved_view_views.load(request, view_id)
    back = reverse("leads:view_edit", args=[row.pk])
    return pages.remove(request, row, back, reverse("leads:list"))
