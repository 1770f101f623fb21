"""Which leads a filter means, page by page (keyset), counted no further than a person reads."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from crm import ids
from crm.tenants.models import Membership
from leads import filters, search, sight
from leads.models import Lead

# Few enough to be gathered and sorted, which is quicker then than to walk all leads in their order.
FEW = 3000


def matching(
    membership: Membership, wanted: Mapping[str, Any], *, walks: bool = False
) -> QuerySet[Lead]:
    """Give the leads that the member sees and the filters mean, as an address writes those.

    Of filters that make no sense (any more) none are meant: left out, they would mean too many.
    `walks` is for who reads a page of very many in the order of an index.
    """
    leads = sight.leads(membership)
    asked = filters.read(wanted, membership)
    if asked.left_out:
        return leads.none()
    if asked.text:
        memory, tenant = membership.memory, membership.tenant
        leads = search.narrow(leads, asked.text, tenant=tenant, walks=walks, memory=memory)
    for condition in filters.meaning(asked, membership):
        leads = leads.filter(condition)
    return leads


def count(leads: QuerySet[Lead]) -> int:
    """Count them up to 3,000; one more means more."""
    return leads.order_by()[: FEW + 1].count()


def week_ago() -> UUID:
    """Give the least id of the leads that count as new."""
    return ids.since(timezone.now() - timedelta(days=7))


def total_label(total: int) -> str:
    """Say how many there are; what was not counted to its end is “3,000+”."""
    return f"{FEW:,}+" if total > FEW else f"{total:,}"
