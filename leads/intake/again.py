"""An organisation by whose new name, place or number it may turn out to be one that is known."""

from typing import Any

from django.db import transaction

from crm.tenants.models import User
from leads.facts import editing
from leads.facts.facts import Editable
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate
from leads.identity.index import Index
from leads.intake import resemblance
from leads.merging import doubts
from leads.models import Lead, Organisation, Proposal


@transaction.atomic
def edit(lead: Lead, fact: Editable, wanted: Any, *, seen: str, by: User) -> None:
    """Do what `editing.edit` does; what tells it apart may make it somebody known."""
    if editing.edit(lead, fact, wanted, seen=seen, by=by) and fact.name in editing.IDENTIFYING:
        compare(Organisation.of(lead.tenant).select_related("tenant").get(pk=lead.organisation_id))


def compare(organisation: Organisation) -> list[Proposal]:
    """Compare it once more, as if it came in now, and propose whom it may be.

    Nothing is merged by itself: two that stand beside each other have leads and histories.
    """
    applicant = Applicant.of(
        Candidate(
            name=organisation.name,
            source="",
            address=organisation.address,
            town=organisation.town,
            postcode=organisation.postcode,
            phone=organisation.phone,
            website=organisation.website,
            company_number=organisation.company_number,
        )
    )
    if applicant.problem:
        return []
    index = Index(organisation.tenant, [applicant])
    found = resemblance.look(organisation, index.near(applicant))
    alike = [found.same] if found.same else found.maybe
    return doubts.raise_all(
        [(organisation, each.other, each.suspicion) for each in alike], tenant=organisation.tenant
    )
