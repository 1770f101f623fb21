"""Which leads a filter means, page by page (keyset), counted no further than a person reads."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from crm.bounds.counts import capped, counted
from crm.tenants.models import Membership
from leads.filters import filters
from leads.models import Lead
from leads.search import search
from leads.sight import sight

# Few enough to be gathered and sorted, which is quicker then than to walk all leads in their order.
FEW = 3000


def matching(
    membership: Membership,
    wanted: Mapping[str, Any],
    *,
    walks: bool = False,
    is_exact: bool = False,
) -> QuerySet[Lead]:
    """Give the leads that the member sees and the filters mean, as an address writes those.

    Of filters that make no sense (any more) none are meant: left out, they would mean too many.
    `walks` is for who reads a page of very many in the order of an index; `is_exact` never takes
    words that are like those that are searched for.
    """
    leads = sight.leads(membership)
    asked = filters.read(wanted, membership)
    if asked.left_out:
        return leads.none()
    if asked.text and is_exact:
        leads = search.exactly(leads, asked.text, tenant=membership.tenant)
    elif asked.text:
        memory, tenant = membership.memory, membership.tenant
        leads = search.narrow(leads, asked.text, tenant=tenant, walks=walks, memory=memory)
    for condition in filters.meaning(asked, membership):
        leads = leads.filter(condition)
    return leads


def gone(membership: Membership, wanted: Mapping[str, Any]) -> str:
    """Name the filters that make no sense (any more), by which none are meant; "" if all do."""
    return "; ".join(map(str, filters.read(wanted, membership).left_out))


def is_loose(membership: Membership, wanted: Mapping[str, Any]) -> bool:
    """Say whether some do not have the words that are searched for as they stand."""
    text = filters.read(wanted, membership).text
    return bool(text) and search.look(membership.tenant, text, membership.memory).is_wider


def count(leads: QuerySet[Lead]) -> int:
    """Count them up to 3,000; one more means more."""
    return capped(leads, FEW)


def total_label(total: int) -> str:
    """Say how many there are; what was not counted to its end is “3,000+”."""
    return counted(total, FEW)
