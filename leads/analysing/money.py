"""What an analysis takes: set aside before it is asked, booked when it is answered."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Sum

from crm.credits import account, credits, prices
from crm.credits.prices import Action
from crm.credits.purpose import Purpose
from crm.keys import keys
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment import by_model
from leads.analysing.facts import MOST, MOST_LETTERS
from leads.models import Analysis, Lead

SERVICE = "openai"
# Of a fact, its number and its source, beside its words.
LETTERS_AROUND = 100
NO_KEY = "The AI takes a key of OpenAI, and there is none."
MONTH_IS_OVER = (
    "OpenAI has reached its monthly budget. Raise it under API keys, or wait until next month."
)


def key_of(tenant: Tenant) -> Key | None:
    """Give the key that is asked with."""
    return keys.of(tenant, SERVICE)


def price(key: Key | None) -> int:
    """Say how many credits an answer takes: none with the company's own key."""
    return prices.of(Action.LEAD_ANALYSIS, own_key=key is not None and not key.is_system)


def charge() -> int:
    """Say what a question costs at the most, in millionths of a pound; 0 while nobody knows."""
    return by_model.charge(searches=False, letters=MOST_LETTERS + MOST * LETTERS_AROUND)


def purpose(lead: Lead) -> Purpose:
    """Say what credits were used for."""
    return Purpose(lead.pk, lead.title, lead.get_absolute_url())


def trouble(tenant: Tenant, besides: Analysis | None = None) -> str:
    """Say why nothing can be asked until a person has mended it, "" where it can.

    Name the one that goes out now as `besides`: it waits for its turn to count what is left.
    """
    standing = keys.standing(tenant, SERVICE)
    if key_of(tenant) is None:
        return NO_KEY if standing.state == keys.Stands.MISSING else standing.said
    if not standing.usable:
        return standing.said
    return MONTH_IS_OVER if _is_over(tenant, besides) else ""


def _is_over(tenant: Tenant, besides: Analysis | None) -> bool:
    left = keys.budget_left(tenant, SERVICE)
    if left is None:
        return False
    going = Analysis.of(tenant).filter(phase=Analysis.Phase.ASKED)
    if besides is not None:
        going = going.exclude(pk=besides.pk)
        # Of those that go out, one after the other: two must not count on the same pounds.
        with account.turn(tenant):
            left = keys.budget_left(tenant, SERVICE)
    under_way = going.aggregate(n=Sum("cost_micros", default=0))["n"]
    return left is not None and left - under_way < charge()


def book(row: Analysis, lead: Lead, *, takes: bool, cost_micros: int) -> Mapping[str, Any]:
    """Book what it has cost and give back the rest, in the transaction of its effect.

    Where nothing can be used of an answer it `takes` no credits. Gives what to note of it.
    """
    taken = 0
    if row.reservation is not None:
        left = credits.left(row.tenant, row.reservation)
        taken = min(row.credits, left) if takes else 0
    if takes or cost_micros:
        credits.spend(
            row.tenant,
            row.reservation,
            service=SERVICE,
            action=Action.LEAD_ANALYSIS,
            credits=taken,
            cost_micros=cost_micros,
            by=row.by,
            for_=purpose(lead),
        )
    if row.reservation is not None:
        credits.release(row.tenant, row.reservation)
    return {"credits": taken, "cost_micros": cost_micros}


def needed(tenant: Tenant, reservations: Iterable[UUID]) -> set[UUID]:
    """Give those of these reservations whose question is not over."""
    going = Analysis.of(tenant).filter(
        reservation__in=list(reservations), phase=Analysis.Phase.ASKED
    )
    return {each for each in going.values_list("reservation", flat=True) if each}
