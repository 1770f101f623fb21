"""Leads like one that is looked at: open and won ones that the reader sees, the nearest first."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.models import Lead
from leads.sight import sight
from leads.vectors import closeness, embedders, stores, texts
from scoring.closeness import shared

SHOWN, SHOWN_ON_PAGE = 5, 25
# So many of the nearest are looked at; who sees few leads may need the more.
LOOKED_AT = (200, 5_000)
# Of less likeness nobody would say “like”.
LEAST = 0.15
HUNDRED = 100


@dataclass(frozen=True)
class Like:
    """A lead and its likeness from 0 to 100; `both` are words that both are described by."""

    lead: Lead
    likeness: int
    both: str


@dataclass(frozen=True)
class Found:
    """`why_not` says in a sentence why there is nothing to compare."""

    rows: list[Like] = field(default_factory=list)
    why_not: str = ""


def read(lead: Lead, membership: Membership, most: int = SHOWN) -> Found:
    """Give the nearest that this member sees."""
    store = stores.current()
    if store is None:
        return Found(why_not=f"Comparing leads is {stores.why_off()}.")
    tenant, model = membership.tenant, closeness.serving(membership.tenant)
    vectors = store.read(tenant, model, [lead.organisation_id]) if model else {}
    if not vectors:
        return Found(why_not="It is not compared with others yet. That is done within minutes.")
    found: dict[UUID, float] = {}
    seen: list[Lead] = []
    for looked_at in LOOKED_AT:
        near = store.nearest(tenant, model, vectors[lead.organisation_id], looked_at)
        scale = embedders.scale(model)
        found = {each.organisation: scale.read(each.likeness) for each in near}
        found.pop(lead.organisation_id, None)
        found = {ident: likeness for ident, likeness in found.items() if likeness >= LEAST}
        seen = _seen(membership, found, most)
        if len(seen) >= most or len(near) < looked_at:
            break
    return Found(_explained(lead, seen, found))


def _seen(membership: Membership, found: dict[UUID, float], most: int) -> list[Lead]:
    """Give the leads of these that are open or won, one of each organisation."""
    rows = sight.leads(membership).filter(
        Q(closed_at=None) | Q(stage__kind=Kind.CUSTOMER), organisation__in=found
    )
    chosen = {
        organisation: ident
        for ident, organisation in rows.order_by("pk").values_list("pk", "organisation_id")
    }
    best = sorted(chosen, key=lambda each: (-found[each], each))[:most]
    leads = sight.leads(membership).select_related("organisation", "stage")
    by_id = leads.in_bulk([chosen[each] for each in best])
    return [by_id[chosen[each]] for each in best if chosen[each] in by_id]


def _explained(lead: Lead, seen: list[Lead], found: dict[UUID, float]) -> list[Like]:
    idents = [lead.organisation_id, *(each.organisation_id for each in seen)]
    said = texts.of(lead.tenant, idents)
    own = said.get(lead.organisation_id, "")
    return [
        Like(
            each,
            round(HUNDRED * found[each.organisation_id]),
            ", ".join(shared.words_of(own, said.get(each.organisation_id, ""))),
        )
        for each in seen
    ]
