"""Proposals that nobody asked for: of what came in, or was changed, and resembles what is known."""

from collections.abc import Sequence

from django.db.models import Q

from crm.ledger import audit
from crm.tenants.models import Tenant
from leads.lead.locking import stay
from leads.merging.suspicion import Suspicion
from leads.models import Organisation, Proposal

State = Proposal.State
Doubt = tuple[Organisation, Organisation, Suspicion]


def raise_all(doubts: Sequence[Doubt], *, tenant: Tenant) -> list[Proposal]:
    """Propose them, but for what is proposed already and what a person called different."""
    if not doubts:
        return []
    # Each this way round, so that the database keeps it one.
    pairs = {
        (one, other) if one.pk < other.pk else (other, one): suspicion
        for one, other, suspicion in doubts
    }
    idents = list({each.pk for pair in pairs for each in pair})
    there, known = stay(idents, tenant=tenant), _known(tenant, idents)
    rows = [
        Proposal(tenant=tenant, one=one, other=other, **suspicion.kept)
        for (one, other), suspicion in pairs.items()
        if {one.pk, other.pk} <= there and frozenset((one.pk, other.pk)) not in known
    ]
    # A person may propose one of them at this moment: theirs stands then.
    Proposal.of(tenant).bulk_create(rows, ignore_conflicts=True)
    made = Proposal.of(tenant).filter(pk__in=[each.pk for each in rows])
    kept = set(made.values_list("pk", flat=True))
    rows = [each for each in rows if each.pk in kept]
    audit.write_all(rows, "created", by=None, after=lambda row: {"with": row.other.name})
    return rows


def _known(tenant: Tenant, idents: Sequence[object]) -> set[frozenset[object]]:
    rows = Proposal.of(tenant).filter(Q(one__in=idents, other__in=idents))
    asked = rows.filter(state__in=(State.OPEN, State.DIFFERENT))
    return {frozenset(pair) for pair in asked.values_list("one", "other")}
