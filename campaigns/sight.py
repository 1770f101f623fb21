"""Which campaigns a member sees: what the people in their scope made, and what was shared."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.campaign import Template
from campaigns.models import Campaign
from crm import sight
from crm.sharing import held
from crm.tenants import scope
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, roles_that

# What is said of a campaign that is in somebody's way and not theirs to see.
ELSEWHERE = (
    "A colleague has a campaign for exactly this already. Change something, or ask an owner or"
    " manager to share it with you."
)
# Of the choices of a filter; older ones are searched for.
MOST_OFFERED = 200
# What these keep as a template is the company's.
LEADING = roles_that(Permission.SEE_EVERYTHING)


def campaigns(membership: Membership) -> QuerySet[Campaign]:
    """Give the campaigns that the member sees: the only way to them from a page."""
    condition = _condition(membership)
    rows = Campaign.of(membership.tenant)
    return rows if condition is None else rows.filter(condition)


def parted(one: Membership, other: Membership) -> QuerySet[Campaign]:
    """Give the campaigns that the one sees and the other does not."""
    seen = _condition(other)
    return campaigns(one).none() if seen is None else campaigns(one).exclude(seen)


def sees(membership: Membership, campaign: Campaign | None) -> bool:
    """Say whether there is such a campaign and the member sees it."""
    return campaign is not None and campaigns(membership).filter(pk=campaign.pk).exists()


def refs(membership: Membership) -> QuerySet[Campaign, UUID]:
    """Give their ids, by which the leads that they found name them."""
    return campaigns(membership).values_list("pk", flat=True)


def made(membership: Membership) -> QuerySet[Campaign, UUID]:
    """Give the ids of those that people in the member's scope made: not what was only shared."""
    rows, reach = Campaign.of(membership.tenant), scope.of(membership)
    mine = rows if reach.everything else rows.filter(created_by__in=reach.people)
    return mine.values_list("pk", flat=True)


def offered(
    membership: Membership, chosen: Collection[UUID], words: str = ""
) -> list[tuple[UUID, str]]:
    """Give the latest of them to filter leads by, and those that are chosen, with their names.

    Given words, only those whose names hold each of them.
    """
    names = campaigns(membership).order_by("-pk").values_list("pk", "name")
    for word in words.split():
        names = names.filter(name__icontains=word)
    latest = list(names[:MOST_OFFERED])
    beyond = set(chosen).difference(dict(latest))
    return [*names.filter(pk__in=beyond), *latest] if beyond else latest


def of_kind(membership: Membership, kinds: list[str]) -> QuerySet[Campaign, UUID]:
    """Give the ids of those of these kinds."""
    return campaigns(membership).filter(kind__in=kinds).values_list("pk", flat=True)


def templates(membership: Membership) -> QuerySet[Template]:
    """Give what people in the member's scope keep as templates, and what the company's leaders do.

    A template leads to no campaign: it is kept to be started from.
    """
    rows = Template.of(membership.tenant)
    reach = scope.of(membership)
    if reach.everything:
        return rows
    leaders = Q(
        created_by__memberships__tenant=membership.tenant,
        created_by__memberships__role__in=LEADING,
    )
    mine = Q(created_by__in=reach.people) | Q(created_by=None)
    return rows.filter(mine | leaders).distinct()


def _condition(membership: Membership) -> Q | None:
    reach = scope.of(membership)
    if reach.everything:
        return None
    return Q(created_by__in=reach.people) | held.seen(membership, Campaign)


KIND = sight.Kind(Campaign, campaigns, "campaign", keeper="created_by")
