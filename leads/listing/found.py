"""A page of leads that a search has found, in an order that its number allows."""

from contextlib import suppress
from functools import partial
from typing import Any

from crm.bounds import intime, patience
from crm.tenants import scope
from crm.tenants.models import Membership
from leads.listing import listing, sorting
from leads.listing.sorting import Drawn, Named, Page, Sort
from leads.models import Lead
from leads.records.indexes import LIST
from leads.search import search
from leads.search.search import Found

# Long enough to meet fifty of three thousand among a million in the order of an index.
SECONDS_TO_WALK = 0.3
SECONDS_TO_GATHER = 1.0
SECONDS_TO_COUNT = 1.0
# What the indexes hold of each lead, so that to walk one is quick however rare these are.
HELD = set(LIST)


def of(membership: Membership, wanted: dict[str, Any]) -> Found | None:
    """Give what the words among the filters mean; None if there are none."""
    text = str(wanted.get("q", "")).strip()
    return search.look(membership.tenant, text, membership.memory) if text else None


def total(membership: Membership, wanted: dict[str, Any], found: Found | None) -> int | None:
    """Count the leads up to 3,000, without asking where the search knows.

    None says that it took too long: then they are hard to come by, and hence few.
    """
    alone = {name for name, value in wanted.items() if value} == {"q"}
    if found is not None and alone and scope.of(membership).everything:
        return listing.FEW + 1 if found.leads is None else len(found.leads)
    leads = listing.matching(membership, wanted)
    if wanted.keys() <= HELD:
        return listing.count(leads)
    try:
        named = leads.order_by().values("pk")[: listing.FEW + 1]
        met = intime.idents(named, SECONDS_TO_COUNT)
    except patience.TooSlow:
        return None
    if len(met) <= listing.FEW:
        # The page need not look for them again.
        membership.memory[_memory(wanted)] = met
    return len(met)


def page(
    membership: Membership,
    wanted: dict[str, Any],
    sort: Sort,
    found: Found | None,
    *,
    few: bool,
    after: str = "",
    before: str = "",
    drawn: Drawn = sorting.as_they_are,
) -> Page:
    """Give the page: gathered where they are few enough, else walked as long as that is quick."""

    met = membership.memory.get(_memory(wanted))

    def read(walks: bool, named: Named = sorting.as_asked) -> Page:
        if met is None:
            leads = listing.matching(membership, wanted, walks=walks)
        else:
            leads = Lead.of(membership.tenant).filter(pk__any=met)
        return sorting.page(
            leads,
            sort,
            tenant=membership.tenant,
            few=not walks,
            after=after,
            before=before,
            drawn=drawn,
            named=named,
        )

    if met == [] or (found is not None and found.leads == ()):
        return Page([], "", "")
    if few or (found is None and wanted.keys() <= HELD):
        return read(not few)
    if found is not None and found.leads is not None:
        return read(True)
    # Where many match, the first in an order are mostly met at once. What is hardly met where it
    # begins is gathered. Where that takes long, too, a search waits for it, and a filter for the
    # walk.
    for walks, seconds in ((True, SECONDS_TO_WALK), (False, SECONDS_TO_GATHER)):
        with suppress(patience.TooSlow):
            return read(walks, partial(intime.idents, seconds=seconds))
    return read(found is None)


def _memory(wanted: dict[str, Any]) -> str:
    return f"met by {wanted}"
