"""How every page of a lead comes to it."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from crm.tenants.permissions import TenantRequest
from leads import proposals, sight
from leads.models import Lead


def load(request: TenantRequest, lead_id: UUID) -> Lead:
    """Load a lead that the member sees, or answer 404."""
    leads = sight.leads(request.membership).annotate(is_twice=proposals.is_twice(request.tenant))
    return get_object_or_404(
        leads.select_related("organisation__group", "contact", "stage", "owner", "tenant"),
        pk=lead_id,
    )
