"""What embedding costs outside: within the month's budget, and booked to the penny."""

from crm.credits import credits
from crm.credits.purpose import Purpose
from crm.keys import keys
from crm.tenants.models import Tenant
from leads.vectors.embedders import SERVICE, Embedder, Made

ACTION = "embedding"


def too_dear(tenant: Tenant, embedder: Embedder, letters: int) -> str:
    """Say why so many letters may not be sent; "" if they may."""
    if embedder.key is None or not letters:
        return ""
    left = keys.budget_left(tenant, SERVICE)
    if left is None or left >= embedder.cost(letters):
        return ""
    return (
        "OpenAI has reached its monthly budget. Raise it under API keys, or wait until next month."
    )


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
