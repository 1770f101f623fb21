"""What a company may spend with a service in a month, in pounds, and what is left of that."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Sum

from crm.credits import credits, months
from crm.credits.models import CreditEntry, Kind
from crm.credits.words import PENNY
from crm.keys.models import Credential
from crm.tenants.models import Tenant


def left(tenant: Tenant, service: str) -> int | None:
    """Say how many millionths of a pound are left this month; None where no budget is set."""
    row = Credential.of(tenant).filter(service=service).first()
    if row is None or row.budget_pence is None:
        return None
    return max(0, row.budget_pence * PENNY - spent(tenant, service))


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
