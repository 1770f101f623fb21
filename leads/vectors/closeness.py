"""How close organisations are to those that were won, many at once: what scores ask for."""

from collections.abc import Collection, Iterable
from uuid import UUID

from crm.tenants.models import Tenant
from leads.models import Lead
from leads.vectors import embedders, known, stores
from leads.vectors.models import Embedding
from scoring.closeness import likeness

# As many rows of a table of vectors as one multiplication takes.
AT_ONCE = 1_000


def serving(tenant: Tenant) -> str:
    """Name the model whose vectors answer; "" while there is none."""
    return Embedding.of(tenant).values_list("serves", flat=True).first() or ""


def closeness_of(tenant: Tenant, organisations: Collection[UUID]) -> dict[UUID, int | None]:
    """Give the closeness of these, from 0 to 100, in a handful of queries.

    None says that nobody can tell: nothing was won yet, and nobody wrote of the ideal customer.
    Who has no vector yet is not among them and keeps what stands with them.
    """
    store = stores.current()
    model = serving(tenant) if store is not None and organisations else ""
    if store is None or not model:
        return {}
    measure = known.read(tenant, store, model)
    idents, found = list(organisations), {}
    for at in range(0, len(idents), AT_ONCE):
        vectors = store.read(tenant, model, idents[at : at + AT_ONCE])
        found.update(likeness.of_many(vectors, measure, embedders.scale(model)))
    return found


def of_leads(tenant: Tenant, leads: Iterable[UUID]) -> dict[UUID, int | None]:
    """Give the same by the ids of leads."""
    rows = dict(Lead.of(tenant).filter(pk__in=list(leads)).values_list("pk", "organisation_id"))
    found = closeness_of(tenant, set(rows.values()))
    return {lead: found[each] for lead, each in rows.items() if each in found}
