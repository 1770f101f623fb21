"""What embedding costs outside: within the month's budget, and booked to the penny."""

from uuid import UUID

from crm.credits import credits
from crm.credits.prices import NoPrice
from crm.credits.purpose import Purpose
from crm.keys import budget, keys
from crm.keys.what import EVERY
from crm.tenants.models import Tenant
from crm.work.models import State
from leads.vectors import embedders
from leads.vectors.embedders import SERVICE, Embedder, Made
from leads.vectors.models import Embedding

ACTION = "embedding"


def too_dear(row: Embedding, embedder: Embedder, letters: int) -> str:
    """Say why so many letters may not be sent now; "" if they may."""
    if embedder.key is None or not letters:
        return ""
    if budget.bears(row.tenant, SERVICE, lambda: embedder.cost(letters), going=row.pk):
        return ""
    return budget.used_up(EVERY[SERVICE].label)


def costs_under_way(tenant: Tenant, service: str, going: UUID) -> int:
    """Say what may be under way with a service, but for the piece of the row `going`.

    How much a worker sends stands nowhere: while one is at it, that is as much as is taken at once.
    """
    at_it = Embedding.of(tenant).filter(state=State.LEASED).exclude(pk=going)
    if service != SERVICE or not at_it.exists():
        return 0
    embedder = embedders.of(tenant)
    try:
        return embedder.cost(embedder.most_letters)
    except NoPrice:
        return 0


def book(tenant: Tenant, embedder: Embedder, made: Made) -> None:
    """Book what was charged; it takes no credits, since nobody asked for it."""
    if embedder.key is None or not made.tokens:
        return
    keys.report(embedder.key, None)
    credits.spend(
        tenant,
        None,
        service=SERVICE,
        action=ACTION,
        credits=0,
        cost_micros=made.cost_micros,
        quantity=1,
        for_=Purpose(label="Closeness", url="/leads/closeness/"),
    )
