"""The row of a question: one that is good still, or under way, or a new one."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from crm.tenants.models import Tenant
from enrichment.contract import Provider, Subject
from enrichment.lookups import keeping
from enrichment.lookups.models import Lookup
from enrichment.lookups.paying import Purse


def under_way(tenant: Tenant, about: UUID, purse: Purse) -> QuerySet[Lookup]:
    """Give what was sent about an organisation, for this purse, and works on its answer."""
    rows = Lookup.of(tenant).filter(state=Lookup.State.OPEN, reservation=purse.reservation)
    return rows.filter(asked_for=about, is_current=True).exclude(ticket="").order_by("pk")


def find(
    provider: Provider, subject: Subject, about: str, wants: Collection[str], purse: Purse
) -> Lookup:
    """Give the question's row: the one that is good still, or an open one."""
    tenant, question = subject.tenant, (provider.slug, about)
    row = keeping.current(tenant, [question]).get(question)
    if row is None and not (provider.is_of_people or provider.checks):
        row = _renamed(provider, subject, about, purse)
    is_open = row is not None and row.state == Lookup.State.OPEN
    if row is not None and (is_open or keeping.is_good(row, provider, wants)):
        return row
    if row is not None:
        Lookup.of(tenant).filter(pk=row.pk).update(is_current=False)
    taken = keeping.shared(tenant, {question: provider}, wants)
    kept = row.kept if row is not None else {}
    new = taken or [
        Lookup(
            tenant=tenant, provider=provider.slug, about=about, kept=kept, wants=sorted(wants)
        )
    ]
    Lookup.of(tenant).bulk_create(new, ignore_conflicts=True)
    return keeping.current(tenant, [question])[question]


def _renamed(provider: Provider, subject: Subject, about: str, purse: Purse) -> Lookup | None:
    """Give what the provider works on about the same organisation, None if nothing.

    Since it was sent we learnt a number or a website by which the question has another name now.
    """
    rows = under_way(subject.tenant, UUID(subject.ident), purse).filter(provider=provider.slug)
    row = rows.first()
    if row is not None:
        # Somebody else may just have asked it by that name: then this one keeps the one it has.
        with suppress(IntegrityError), transaction.atomic():
            rows.filter(pk=row.pk).update(about=about)
            row.about = about
    return row
