"""How every page of a lead comes to it."""

from uuid import UUID

from django.http import Http404

from crm.gone import SAFE, Gone
from crm.tenants.permissions import TenantRequest
from leads.models import Lead, Merge
from leads.records.sameness import is_twice
from leads.sight import removed, sight


def load(request: TenantRequest, lead_id: UUID) -> Lead:
    """Load a lead that the member sees, or answer 404.

    A merged one leads on to what it is now; who deleted it is said to whoever saw it.
    """
    leads = sight.leads(request.membership).annotate(is_twice=is_twice(request.tenant))
    seen = leads.select_related("organisation__group", "contact", "stage", "owner", "tenant")
    lead = seen.filter(pk=lead_id).first()
    if lead is None:
        raise _merged(request, lead_id) or _deleted(request, lead_id) or Http404
    return lead


def _merged(request: TenantRequest, lead_id: UUID) -> Gone | None:
    """Say into which lead it was merged, if that one is seen."""
    merges = Merge.of(request.tenant).filter(model=Lead._meta.label_lower, undone_at=None)
    into = lead_id
    while (merge := merges.filter(gone=into).order_by("id").last()) is not None:
        into = merge.kept
    kept = sight.leads(request.membership).filter(pk=into).select_related("organisation").first()
    if kept is None:
        return None
    nothing = "" if request.method in SAFE else " Nothing was saved."
    return Gone(
        f"The lead that was here was merged into {kept.title}.{nothing}",
        str(kept.get_absolute_url()),
    )


def _deleted(request: TenantRequest, lead_id: UUID) -> Gone | None:
    return removed.deleted(request.membership, lead_id, saved=request.method in SAFE)
