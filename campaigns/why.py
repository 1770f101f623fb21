"""Why somebody sees a campaign, and the leads that it found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns import sight
from campaigns.models import Campaign
from crm.sharing import given
from crm.sharing.given import Share
from crm.tenants.handovers import Question
from crm.tenants.models import Membership, Tenant
from crm.why import parts, reasons, seers
from crm.why.company import Company
from crm.why.doors import Door
from crm.why.kinds import Kind, Part
from crm.why.own_case import OwnCase
from crm.why.reasons import Reason, Subject, Words

WORDS = Words("campaigns", "made", "its maker", Question.CAMPAIGNS)


@dataclass(frozen=True)
class FoundBy:
    """The campaign that found a lead: who sees it sees the lead."""

    campaign: Campaign
    subject: Subject

    def reasons(self, company: Company, viewer: Membership) -> Iterator[Reason]:
        """Give why the member sees the lead by way of the campaign."""
        door = Door("The campaign", "campaigns:detail", (self.campaign.pk,))
        for read in (reasons.by_tie, reasons.by_share):
            for reason in read(company, viewer, self.subject):
                said = f"Found by “{self.campaign}”. {reason.words}"
                yield Reason(said, (*reason.doors, door))

    def seeing(self, company: Company) -> Q:
        """Mean all members who see the lead by way of the campaign."""
        return _tied(company, self.subject)

    def shares(self) -> list[tuple[str, Share]]:
        return [(f"“{self.campaign}”", share) for share in self.subject.shares]


def case(campaign: Campaign) -> OwnCase:
    """Ask for the shares once, whoever's reasons are asked then."""
    shares = given.of_rows(campaign.tenant, Campaign, [campaign.pk])
    former = str(campaign.created_by) if campaign.created_by else ""
    return OwnCase(_subject(campaign, shares, name_of_former=former), "This campaign")


def found(tenant: Tenant, refs: list[UUID]) -> list[FoundBy]:
    """Give those of a lead's origins that are campaigns."""
    campaigns = list(Campaign.of(tenant).filter(pk__in=refs))
    shares: dict[UUID, list[Share]] = {}
    for share in given.of_rows(tenant, Campaign, [each.pk for each in campaigns]):
        shares.setdefault(share.of, []).append(share)
    return [FoundBy(each, _subject(each, shares.get(each.pk, []))) for each in campaigns]


def campaign_parts(company: Company, viewer: Membership) -> list[Part]:
    """Give what the member sees, by its reasons."""
    rows = Campaign.of(viewer.tenant)
    return [*parts.by_reach(viewer, WORDS, rows), *_by_more(company, viewer)]


def found_parts(company: Company, viewer: Membership) -> Iterator[tuple[Reason, QuerySet[Any]]]:
    """Give the campaigns by which the member sees leads, by the reasons for those."""
    for part in _by_more(company, viewer):
        said = f"Found by campaigns. {part.reason.words}"
        yield Reason(said, part.reason.doors), part.rows.values("pk")


def _by_more(company: Company, viewer: Membership) -> list[Part]:
    rows = Campaign.of(viewer.tenant)
    made = parts.by_tie(company, viewer, WORDS, rows, "created_by")
    return [*made, *parts.by_share(viewer, WORDS, rows)]


def _tied(company: Company, subject: Subject) -> Q:
    return seers.by_tie(company, subject) | seers.by_share(company, subject)


def _subject(campaign: Campaign, shares: list[Share], name_of_former: str = "") -> Subject:
    return Subject(WORDS, campaign.created_by_id, tuple(shares), name_of_former=name_of_former)


KIND = Kind(
    model=Campaign,
    one="campaign",
    many="campaigns",
    seen=sight.campaigns,
    parted=sight.parted,
    parts=campaign_parts,
    case=case,
    related=("created_by",),
)
