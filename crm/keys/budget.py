"""What a company may spend with a service in a month, in pounds, and what is left of that.

Whoever asks a service for money asks `bears` first, and names what goes out: then it waits for its
turn, and must write down what it may cost in that very transaction. Each kind of question tells
what those under way may still cost (`COSTS_UNDER_WAY`), so that no kind counts on what another one
has yet to pay.
"""

from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum

from crm.credits import account, credits, months
from crm.credits.models import CreditEntry, Kind
from crm.credits.words import PENNY
from crm.ids import NOBODYS
from crm.keys.models import Credential
from crm.tenants.models import Tenant
from crm.upward import named


def bears(
    tenant: Tenant, service: str, charge: Callable[[], int], going: UUID | None = None
) -> bool:
    """Say whether one question more may be asked, that costs `charge()` at the most.

    `going` is as in `room`. Without a budget nobody reckons what it costs.
    """
    rest = room(tenant, service, going)
    return rest is None or rest >= charge()


def room(tenant: Tenant, service: str, going: UUID | None = None) -> int | None:
    """Say how many millionths of a pound are left this month beside what is under way.

    It may be less than nothing; None where no budget is set. Name what goes out now as `going`, by
    the id of its row: it does not count itself, and of all that go out one comes after the other,
    until its transaction ends, so that two don't count on the same pounds. Who only looks waits for
    nobody.
    """
    limit = _limit(tenant, service)
    if limit is None:
        return None
    with account.turn(tenant) if going else nullcontext():
        kinds, besides = named("COSTS_UNDER_WAY"), going or NOBODYS
        under_way = sum(each(tenant, service, besides) for each in kinds)
        return max(0, limit - spent(tenant, service)) - under_way


def used_up(label: str, then: str = "") -> str:
    """Say that the month's budget for what is called so is used up, and what to do."""
    return (
        f"{label} has reached its monthly budget. Raise it under API keys, or wait until next"
        f" month{then}."
    )


def _limit(tenant: Tenant, service: str) -> int | None:
    pence = Credential.of(tenant).filter(service=service).values_list("budget_pence", flat=True)
    found = pence.first()
    return None if found is None else found * PENNY


def spent(tenant: Tenant, service: str) -> int:
    """Say how many millionths of a pound the service has charged this month."""
    return credits.spent(tenant, service, months.begin(tenant))


@dataclass(frozen=True)
class Use:
    calls: int = 0
    micros: int = 0


def used(tenant: Tenant, *services: str) -> defaultdict[str, Use]:
    """Say how often each of these services, or any, was used this month, and what it charged."""
    entries = CreditEntry.of(tenant).filter(kind=Kind.SPEND, at__gte=months.begin(tenant))
    if services:
        entries = entries.filter(service__in=services)
    sums = entries.values("service").annotate(calls=Count("pk"), micros=Sum("cost_micros"))
    return defaultdict(Use, {row["service"]: Use(row["calls"], row["micros"] or 0) for row in sums})
