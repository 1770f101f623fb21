"""An organisation by whose new name, place or number it may turn out to be one that is known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from crm.tenants.models import Tenant, User
from leads.facts import editing
from leads.facts.facts import Editable
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate
from leads.identity.index import Index
from leads.intake import resemblance
from leads.intake.resemblance import Alike
from leads.merging import doubts
from leads.models import Lead, Organisation, Proposal

# Who is asked for, and as what.
Asking = tuple[Organisation, Applicant]


@transaction.atomic
def edit(lead: Lead, fact: Editable, wanted: Any, *, seen: str, by: User) -> None:
    """Do what `editing.edit` does; what tells it apart may make it somebody known."""
    if editing.edit(lead, fact, wanted, seen=seen, by=by) and fact.name in editing.IDENTIFYING:
        compare(Organisation.of(lead.tenant).select_related("tenant").get(pk=lead.organisation_id))


def compare(organisation: Organisation) -> list[Proposal]:
    """Compare it once more, as if it came in now, and propose whom it may be.

    Nothing is merged by itself: two that stand beside each other have leads and histories.
    """
    return compare_all([organisation], tenant=organisation.tenant)


def compare_all(organisations: Iterable[Organisation], *, tenant: Tenant) -> list[Proposal]:
    """Compare each of them once more, with a few statements for all; they are written already."""
    asked = [(each, _applicant(each)) for each in organisations]
    made: list[Proposal] = []
    for several in _rounds([each for each in asked if not each[1].problem]):
        index = Index(tenant, [applicant for _, applicant in several])
        doubts_ = [
            (organisation, alike.other, alike.suspicion)
            for organisation, applicant in several
            for alike in _alike(organisation, index.near(applicant))
        ]
        made += doubts.raise_all(doubts_, tenant=tenant)
    return made


def _rounds(asked: Sequence[Asking]) -> Iterator[list[Asking]]:
    """Part them so that no two of a round stand at one place.

    Each is compared with the nearest of its own place, however many others are asked for there.
    """
    rest = list(asked)
    while rest:
        places: set[str] = set()
        now, later = list[Asking](), list[Asking]()
        for each in rest:
            place = each[1].cleaned["postcode"]
            (later if place in places else now).append(each)
            places |= {place} - {""}
        yield now
        rest = later


def _alike(organisation: Organisation, near: Iterable[Organisation]) -> Sequence[Alike]:
    found = resemblance.look(organisation, near)
    return [found.same] if found.same else found.maybe


def _applicant(organisation: Organisation) -> Applicant:
    return Applicant.of(
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
