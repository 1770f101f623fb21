"""Which of two organisations is kept, where nobody has said."""

from collections.abc import Iterable
from uuid import UUID

from crm.tenants.models import Tenant
from leads.models import Lead, Organisation


def at_work(organisations: Iterable[UUID], *, tenant: Tenant) -> set[UUID]:
    """Give those of them whose leads are open."""
    rows = Lead.of(tenant).filter(organisation__in=list(organisations), closed_at=None)
    return set(rows.order_by().values_list("organisation", flat=True))


def in_order(
    one: Organisation, other: Organisation, busy: set[UUID]
) -> tuple[Organisation, Organisation]:
    """Give the one to keep first: a customer, else where leads are open, else the older."""
    kept, gone = sorted(
        (one, other), key=lambda each: (not each.is_customer, each.pk not in busy, each.pk)
    )
    return kept, gone
