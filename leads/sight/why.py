"""Why somebody sees a lead: what `leads/sight/sight.py` asks the database, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q, QuerySet

from crm.sharing import given
from crm.sharing.given import Share
from crm.tenants import scope, supposing
from crm.tenants.handovers import Question
from crm.tenants.models import Membership
from crm.upward import named
from crm.why import parts
from crm.why.company import Company
from crm.why.kinds import Kind, Part
from crm.why.own_case import OwnCase
from crm.why.reasons import Reason, Subject, Words
from leads.models import Lead
from leads.sight import sight

WORDS = Words("leads", "owns", "the owner", Question.LEADS)


class Found(Protocol):
    """What has found the lead, on its own floor: a campaign, an import, a form."""

    def reasons(self, company: Company, viewer: Membership) -> Iterator[Reason]: ...

    def seeing(self, company: Company) -> Q: ...

    def shares(self) -> list[tuple[str, Share]]: ...


@dataclass(frozen=True)
class LeadCase(OwnCase):
    """A lead is seen by what found it, too."""

    found: tuple[Found, ...]

    def reasons(self, company: Company, viewer: Membership) -> Iterator[Reason]:
        yield from super().reasons(company, viewer)
        for found in self.found:
            yield from found.reasons(company, viewer)

    def seeing(self, company: Company) -> Q:
        return reduce(or_, (each.seeing(company) for each in self.found), super().seeing(company))

    def shares(self) -> list[tuple[str, Share]]:
        return super().shares() + [pair for found in self.found for pair in found.shares()]


def case(lead: Lead) -> LeadCase:
    """Ask for the shares and the origins once, whoever's reasons are asked then."""
    shares = given.of_rows(lead.tenant, Lead, [lead.pk])
    former = str(lead.owner) if lead.owner else ""
    subject = Subject(
        WORDS, lead.owner_id, tuple(shares), unowned_shows=True, name_of_former=former
    )
    refs = [lead.found_by] if lead.found_by else []
    found = [each for read in named("ORIGINS_EXPLAINED") for each in read(lead.tenant, refs)]
    return LeadCase(subject, "This lead", tuple(found))


def lead_parts(company: Company, viewer: Membership) -> list[Part]:
    """Give what the member sees, by its reasons."""
    rows = Lead.of(viewer.tenant)
    found = [
        Part(reason, rows.filter(found_by__in=refs))
        for read in named("ORIGINS_PARTED")
        for reason, refs in read(company, viewer)
    ]
    return [
        *parts.by_reach(viewer, WORDS, rows),
        *parts.by_tie(company, viewer, WORDS, rows, "owner"),
        *parts.unowned(viewer, WORDS, rows, "owner"),
        *parts.by_share(viewer, WORDS, rows),
        *found,
    ]


def parted(one: Membership, other: Membership) -> QuerySet[Lead]:
    """Give the leads that the one sees and the other does not; each may be only supposed."""
    return sight.parted(_supposed(one), _supposed(other))


def _supposed(viewer: Membership) -> Membership:
    """Have sight know that what somebody owned may go to others than what they made."""
    if supposing.of(viewer).left:
        viewer.memory["sight"] = replace(sight.of(viewer), scope=scope.owning(viewer))
    return viewer


KIND = Kind(
    model=Lead,
    one="lead",
    many="leads",
    seen=sight.leads,
    parted=parted,
    parts=lead_parts,
    case=case,
    related=("organisation", "owner"),
    prepare=sight.read_all,
)
