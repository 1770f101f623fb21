"""Who may make one of two: both must be seen, and what hangs on them be theirs to give."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from crm.tenants import scope
from crm.tenants.models import Membership
from leads.models import Contact, Lead, Merge, Organisation
from leads.sight import sight


def organisations(membership: Membership) -> QuerySet[Organisation]:
    """Give the organisations that the member sees by their leads."""
    rows = Organisation.of(membership.tenant).select_related("tenant", "group")
    if scope.of(membership).everything:
        return rows
    leads = sight.leads(membership).order_by()
    return rows.filter(Exists(leads.filter(organisation=OuterRef("pk"))))


def contacts(membership: Membership) -> QuerySet[Contact]:
    """Give the people of those organisations, and those whom a lead names that is seen."""
    rows = Contact.of(membership.tenant).select_related("tenant", "organisation")
    if scope.of(membership).everything:
        return rows
    leads = sight.leads(membership).order_by()
    there = Exists(leads.filter(organisation=OuterRef("organisation")))
    return rows.filter(there | Exists(leads.filter(contact=OuterRef("pk"))))


def merges(membership: Membership) -> QuerySet[Merge]:
    """Give the merges of what the member sees, without those that came along with others."""
    labels = [each._meta.label_lower for each in (Organisation, Contact)]
    rows = Merge.of(membership.tenant).filter(model__in=labels)
    rows = rows.select_related("by", "undone_by", "tenant")
    if scope.of(membership).everything:
        return rows
    seen = Q(kept__in=organisations(membership).values("pk"))
    return rows.filter(seen | Q(kept__in=contacts(membership).values("pk")))


def obstacle(membership: Membership, *rows: Any) -> str:
    """Say why the member may not merge these or take it back, "" if they may."""
    if scope.of(membership).everything:
        return ""
    for each in rows:
        leads = list(_leads(membership, each))
        if len(sight.covered(membership, leads)) < len(leads):
            return (
                f"Not all of {each} is yours: a colleague has a lead there. Ask them, or an owner "
                "or manager, to merge the two."
            )
    return ""


def _leads(membership: Membership, row: Any) -> QuerySet[Lead]:
    home = row.pk if isinstance(row, Organisation) else row.organisation_id
    return Lead.of(membership.tenant).filter(organisation=home)


def lead_of(membership: Membership, organisation: UUID | None) -> Lead | None:
    """Give the lead on whose page an organisation is looked at: an open one, if there is one."""
    return first(sight.leads(membership).filter(organisation=organisation)).first()


def first(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Put first the lead on whose page an organisation is looked at."""
    return leads.order_by(F("closed_at").desc(nulls_first=True), "id")
