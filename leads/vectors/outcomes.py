"""Has scored anew whom a change concerns: the changed themselves, and who is near an outcome."""

from collections.abc import Collection, Sequence
from uuid import UUID

from crm.tenants.models import Tenant
from crm.upward import named
from crm.work.models import State
from leads.models import Lead, Recount
from leads.vectors import known
from leads.vectors.port import Store

# Who is further away than so many others hardly feels that one was won or lost.
MOST_NEAR = 200
# Of more outcomes at once all are concerned.
MOST_OUTCOMES = 20
LIVE = (State.READY, State.LEASED, State.WAITING)


def rescore(
    tenant: Tenant,
    store: Store,
    model: str,
    changed: Collection[UUID],
    outcomes: Sequence[UUID],
) -> None:
    """Queue the open leads of these, and of those that are nearest to what was won or lost."""
    if not model:
        return
    if len(outcomes) > MOST_OUTCOMES:
        rescore_all(tenant, "What was won and lost")
        return
    meant = set(changed)
    for vector in store.read(tenant, model, outcomes).values():
        meant |= {each.organisation for each in store.nearest(tenant, model, vector, MOST_NEAR)}
    leads = list(Lead.of(tenant).filter(organisation__in=meant, closed_at=None).order_by("pk"))
    for each in leads:
        each.tenant = tenant
    if leads:
        for hear in named("CLOSENESS_CHANGED"):
            hear(leads)


def is_scoring_all(tenant: Tenant) -> bool:
    """Say whether all leads of the company are being scored anew at this moment."""
    return Recount.of(tenant).filter(state__in=LIVE).exists()


def matters(tenant: Tenant) -> bool:
    """Say whether anybody has a closeness, or comes to have one."""
    won, _ = known.counts(tenant)
    if won or known.words(tenant) is not None:
        return True
    return Lead.of(tenant).filter(closeness__isnull=False).exists()


def rescore_all(tenant: Tenant, why: str) -> None:
    """Have all open leads of the company scored anew."""
    for hear in named("ALL_CLOSENESS_CHANGED"):
        hear(tenant, why, None)
