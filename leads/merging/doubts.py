"""Proposals that nobody asked for: of what came in, or was changed, and resembles what is known."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from crm.ledger import audit
from crm.tenants.models import Tenant
from leads.merging.suspicion import Suspicion
from leads.models import Organisation, Proposal

State = Proposal.State
Doubt = tuple[Organisation, Organisation, Suspicion]
# As their foreign keys will: whoever merges one of them meanwhile waits, or is waited for.
HOLD = """
SELECT id FROM leads_organisation WHERE tenant_id = %s AND id = ANY (%s) ORDER BY id FOR KEY SHARE
"""


def raise_all(doubts: Sequence[Doubt], *, tenant: Tenant) -> list[Proposal]:
    """Propose them, but for what is proposed already and what a person called different."""
    if not doubts:
        return []
    # Each this way round, so that the database keeps it one.
    pairs = {
        (one, other) if one.pk < other.pk else (other, one): suspicion
        for one, other, suspicion in doubts
    }
    with connection.cursor() as cursor:
        idents = list({each.pk for pair in pairs for each in pair})
        cursor.execute(HOLD, [tenant.pk, idents])
        there = {ident for (ident,) in cursor.fetchall()}
        known = _known(tenant, idents)
    rows = [
        Proposal(tenant=tenant, one=one, other=other, **suspicion.kept)
        for (one, other), suspicion in pairs.items()
        if {one.pk, other.pk} <= there and frozenset((one.pk, other.pk)) not in known
    ]
    # A person may propose one of them at this moment.
    Proposal.of(tenant).bulk_create(rows, ignore_conflicts=True)
    audit.write_all(rows, "created", by=None, after=lambda row: {"with": row.other.name})
    return rows


def _known(tenant: Tenant, idents: Sequence[object]) -> set[frozenset[object]]:
    rows = Proposal.of(tenant).filter(Q(one__in=idents, other__in=idents))
    asked = rows.filter(state__in=(State.OPEN, State.DIFFERENT))
    return {frozenset(pair) for pair in asked.values_list("one", "other")}
