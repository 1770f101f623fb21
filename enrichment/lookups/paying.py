"""What a question takes: set aside before it is sent, booked when it is answered.

Credits are taken for what was told, never for a miss; what a vendor charges is booked either way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Sum
from django.utils import timezone

from crm.credits import account, credits, prices
from crm.credits.purpose import Purpose
from crm.ids import uuid7
from crm.keys import budget
from crm.outside.key import Key
from crm.tenants.models import Tenant, User
from enrichment.contract import Provider
from enrichment.lookups.models import Lookup, TrackRecord
from enrichment.providers.all import PROVIDERS

# In the order in which they are given: two who count the same wait for each other.
COUNT_USABLE = """
INSERT INTO lookups_trackrecord (
    id, tenant_id, provider, segment, month, asked, answered, usable, wrong, credits, cost_micros
)
SELECT id, %s, provider, segment, %s, 0, 0, usable, 0, 0, 0
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[]) AS given (id, provider, segment, usable)
ON CONFLICT (tenant_id, provider, segment, month)
DO UPDATE SET usable = lookups_trackrecord.usable + EXCLUDED.usable
"""

@dataclass(frozen=True)
class Purse:
    """Whence credits come: a reservation, None where nothing was confirmed. `segment` is the trade
    of whom the question is about. By whom and what for are as in the reservation if none is named.
    """

    reservation: UUID | None
    by: User | None
    for_: Purpose | None
    segment: str = ""


class NotPaid(Exception):
    """What was confirmed does not pay for it."""


class MonthIsOver(Exception):
    """The company's month's budget for the vendor is used up; the sentence says what to do."""


def price(provider: Provider, key: Key | None) -> int:
    """Give the credits that one answer takes: none with the company's own key."""
    if provider.action is None:
        return 0
    return prices.of(provider.action, own_key=key is not None and not key.is_system)


def price_of(provider: Provider) -> int:
    """Give the credits of one answer where the installation's key is used."""
    return prices.of(provider.action) if provider.action is not None else 0


def set_aside(row: Lookup, provider: Provider, key: Key | None, purse: Purse) -> int:
    """Have what it may cost stand there before it goes out; give how often it may use its price up.

    Raises NotPaid and MonthIsOver.
    """
    each, charge = price(provider, key), provider.charge()
    row.credits, row.cost_micros, times = 0, 0, provider.most
    if each:
        times = _afford(row, purse, each, provider.most)
        row.credits = each * times
    if charge and not budget.bears(row.tenant, provider.service, lambda: charge, going=row.pk):
        raise MonthIsOver(budget.used_up(provider.label, "; then resume"))
    row.cost_micros, row.reservation, row.segment = charge, purse.reservation, purse.segment
    row.save(
        update_fields=["credits", "cost_micros", "reservation", "segment", "asked_for", "wants"]
    )
    return times


def is_abandoned(row: Lookup, purse: Purse) -> bool:
    """Say whether the credits of whoever asked first were given back: their run was cancelled."""
    if not row.credits or row.reservation is None or row.reservation == purse.reservation:
        return False
    return credits.left(row.tenant, row.reservation) <= 0


def _afford(row: Lookup, purse: Purse, each: int, most: int) -> int:
    if purse.reservation is None:
        raise NotPaid
    # One after the other: two must not count on the same credits.
    with account.turn(row.tenant):
        left = credits.left(row.tenant, purse.reservation)
        open_ = Lookup.of(row.tenant).filter(reservation=purse.reservation, state="open")
        rest = left - _sum(open_.exclude(pk=row.pk), "credits")
    if rest < each:
        raise NotPaid
    return min(most, rest // each)


def costs_under_way(tenant: Tenant, service: str, going: UUID) -> int:
    """Say what the open questions to a service may still cost, but for the one `going`."""
    # The budget is the vendor's, whichever of its providers is asked.
    slugs = [each.slug for each in PROVIDERS if each.service == service]
    if not slugs:
        return 0
    rows = Lookup.of(tenant).filter(provider__in=slugs, state="open")
    return _sum(rows.exclude(pk=going), "cost_micros")


def book(
    row: Lookup, provider: Provider, purse: Purse, *, quantity: int, cost_micros: int
) -> dict[str, Any]:
    """Book what a question has cost, in the transaction of its effect; give what to note of it.

    `quantity` is 0 for a miss. It takes no more than what was set aside when it was sent.
    """
    taken = min(row.credits, price_of(provider) * quantity) if row.credits else 0
    record(row, provider, purse, is_told=bool(quantity), credits=taken, cost_micros=cost_micros)
    if provider.action is None or not (taken or cost_micros):
        return {"credits": 0, "cost_micros": cost_micros}
    if taken and row.reservation is not None:
        taken = min(taken, credits.left(row.tenant, row.reservation))
    credits.spend(
        row.tenant,
        row.reservation,
        service=provider.service,
        action=provider.action,
        quantity=max(1, quantity),
        credits=taken,
        cost_micros=cost_micros,
        by=purse.by,
        for_=purse.for_,
    )
    return {"credits": taken, "cost_micros": cost_micros}


def record(
    row: Lookup,
    provider: Provider,
    purse: Purse,
    *,
    is_told: bool,
    credits: int,
    cost_micros: int,
) -> None:
    """Count how the provider has served."""
    rows = rows_of(row.tenant, provider.slug, purse.segment, month())
    rows.update(
        asked=F("asked") + 1,
        answered=F("answered") + int(is_told),
        credits=F("credits") + credits,
        cost_micros=F("cost_micros") + cost_micros,
    )


def rows_of(tenant: Tenant, provider: str, segment: str, month: date) -> Any:
    """Give the record of a month, made where there is none yet."""
    named = {"provider": provider, "segment": segment, "month": month}
    rows = TrackRecord.of(tenant).filter(**named)
    if not rows.exists():
        TrackRecord.of(tenant).bulk_create(
            [TrackRecord(tenant=tenant, **named)], ignore_conflicts=True
        )
    return rows


def count_usable(tenant: Tenant, found: Mapping[tuple[str, str], int]) -> None:
    """Count what could be used of what was told this month, by provider and segment."""
    if not found:
        return
    told = sorted(found.items())
    columns = (
        [uuid7() for _ in told],
        [provider for (provider, _), _ in told],
        [segment for (_, segment), _ in told],
        [many for _, many in told],
    )
    with connection.cursor() as cursor:
        cursor.execute(COUNT_USABLE, [tenant.pk, month(), *columns])


def month() -> date:
    """Give the first day of this month."""
    return timezone.localdate().replace(day=1)


def _sum(rows: Any, column: str) -> int:
    found: int = rows.aggregate(n=Sum(column, default=0))["n"]
    return found
