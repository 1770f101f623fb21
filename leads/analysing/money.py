"""What an analysis takes: set aside before it is asked, booked when it is answered."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Sum

from crm.credits import credits, prices
from crm.credits.prices import Action
from crm.credits.purpose import Purpose
from crm.keys import budget, keys
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment import by_model
from leads.analysing.facts import MOST, MOST_LETTERS
from leads.models import Analysis, Lead

SERVICE = "openai"
# Of a fact, its number and its source, beside its words.
LETTERS_AROUND = 100
# In what is `asked`: the cost was booked when the lead went, which an undo has brought back.
IS_BOOKED = "is_booked"
NO_KEY = "The AI takes a key of OpenAI, and there is none."


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
    if budget.bears(tenant, SERVICE, charge, besides.pk if besides else None):
        return ""
    return budget.used_up(standing.what.label)


def costs_under_way(tenant: Tenant, service: str, going: UUID) -> int:
    """Say what the analyses under way may still cost with a service, but for the one `going`."""
    if service != SERVICE:
        return 0
    rows = Analysis.of(tenant).filter(phase=Analysis.Phase.ASKED).exclude(pk=going)
    found: int = rows.aggregate(n=Sum("cost_micros", default=0))["n"]
    return found


def book(row: Analysis, lead: Lead, *, takes: bool, cost_micros: int) -> Mapping[str, Any]:
    """Book what it has cost and give back the rest, in the transaction of its effect.

    Where nothing can be used of an answer it `takes` no credits. Gives what to note of it.
    """
    taken = 0
    if row.reservation is not None:
        left = credits.left(row.tenant, row.reservation)
        taken = min(row.credits, left) if takes else 0
    if takes or cost_micros:
        is_booked = row.asked.get(IS_BOOKED)
        spend(row, lead, taken=taken, cost_micros=0 if is_booked else cost_micros)
    if row.reservation is not None:
        credits.release(row.tenant, row.reservation)
    return {"credits": taken, "cost_micros": cost_micros}


def spend(row: Analysis, lead: Lead, *, taken: int, cost_micros: int) -> None:
    """Write down what was used for it."""
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


def needed(tenant: Tenant, reservations: Iterable[UUID]) -> set[UUID]:
    """Give those of these reservations whose question is not over."""
    going = Analysis.of(tenant).filter(
        reservation__in=list(reservations), phase=Analysis.Phase.ASKED
    )
    return {each for each in going.values_list("reservation", flat=True) if each}
