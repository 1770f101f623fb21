"""Adds an account up again from its first entry on."""

from typing import Any
from uuid import UUID

from crm.credits.models import CreditEntry, Kind
from crm.tenants.models import Tenant


def checked(tenant: Tenant) -> tuple[int, int]:
    """What is available and held by all entries; each must agree with those before it."""
    available = held = 0
    left: dict[UUID | None, int] = {}
    for number, entry in enumerate(CreditEntry.of(tenant).order_by("number"), start=1):
        many, own = entry.credits, entry.reservation
        from_held = entry.kind in (Kind.SPEND, Kind.RELEASE) and own is not None
        if entry.kind in (Kind.GRANT, Kind.REFUND, Kind.RELEASE):
            available += many
        elif entry.kind == Kind.RESERVE or not from_held:
            available -= many
        if from_held:
            held, left[own] = held - many, left[own] - many
        elif entry.kind == Kind.RESERVE:
            held, left[own] = held + many, many
        stands: tuple[Any, ...] = (entry.number, entry.balance_after, entry.held_after)
        assert stands == (number, available, held)
        assert entry.left_after == left.get(own)
        assert min(available, held, *left.values(), 0) == 0
    assert held == sum(left.values())
    return available, held
