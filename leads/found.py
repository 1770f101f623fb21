"""A page of leads that a search has found, in an order that its number allows."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from crm.adminlist import patience
from crm.tenants import scope
from crm.tenants.models import Membership
from leads import listing, search, sorting
from leads.models import Lead
from leads.search import Found
from leads.sorting import Page, Sort

# Long enough to meet fifty of three thousand among a million in the order of an index.
SECONDS_TO_WALK = 0.5

# Gives the leads; True if they are walked.
Leads = Callable[[bool], QuerySet[Lead]]


def of(membership: Membership, wanted: dict[str, Any]) -> Found | None:
    """Give what the words among the filters mean; None if there are none."""
    text = str(wanted.get("q", "")).strip()
    return search.look(membership.tenant, text, membership.memory) if text else None


def total(membership: Membership, wanted: dict[str, Any], found: Found | None) -> int:
    """Count the leads up to 3,000, without asking where the search knows."""
    alone = {name for name, value in wanted.items() if value} == {"q"}
    if found is not None and alone and scope.of(membership).everything:
        return listing.FEW + 1 if found.leads is None else len(found.leads)
    return listing.count(listing.matching(membership, wanted))


def page(
    leads: Leads, sort: Sort, found: Found | None, *, few: bool, after: str = "", before: str = ""
) -> Page:
    """Give the page: gathered where they are few enough, else walked as long as that is quick."""
    if few or found is None or found.leads is not None:
        return sorting.page(leads(not few), sort, few=few, after=after, before=before)
    try:
        with patience.limited(SECONDS_TO_WALK):
            return sorting.page(leads(True), sort, few=False, after=after, before=before)
    except patience.TooSlow:
        # The words hardly occur where this order begins.
        return sorting.page(leads(False), sort, few=True, after=after, before=before)
