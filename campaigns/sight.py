"""Which campaigns a member sees: what the people in their scope made, and what was shared."""

from uuid import UUID

from django.db.models import Q, QuerySet

from campaigns.models import Campaign
from crm.sharing import held
from crm.tenants import scope
from crm.tenants.models import Membership


def campaigns(membership: Membership) -> QuerySet[Campaign]:
    """Give the campaigns that the member sees: the only way to them from a page."""
    rows = Campaign.of(membership.tenant)
    reach = scope.of(membership)
    if reach.everything:
        return rows
    shared = tuple(held.ids(membership, Campaign))
    return rows.filter(Q(created_by__in=reach.people) | Q(pk__any=shared))


def refs(membership: Membership) -> QuerySet[Campaign, UUID]:
    """Give their ids, by which the leads that they found name them."""
    return campaigns(membership).values_list("pk", flat=True)
