"""What the audit trail says of a lead, for those who work with it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from crm.tenants.permissions import Permission, TenantRequest, needs
from crm.trail import pages
from leads.sight.load import load


@needs(Permission.WORK_LEADS)
@require_GET
def show(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Show who changed what of the lead, its organisation and its contact."""
    lead = load(request, lead_id)
    records = [each for each in (lead, lead.organisation, lead.contact) if each is not None]
    back = reverse("leads:detail", args=[lead.pk])
    return pages.answer(request, records, back=back, section="leads")
