"""A company's credits: what may be done with them, each in the transaction of whoever does it.

`reserve` what a run may take at most, `spend` from it as it goes on, `release` the rest. Each waits
for its turn, so that no account is ever below nothing, whoever works on it at once.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from crm.credits import account, low
from crm.credits.account import Balance, balance
from crm.credits.errors import Exhausted, NoReservation, TooFew
from crm.credits.models import CreditEntry, Kind
from crm.credits.purpose import Purpose
from crm.credits.reservations import open_reservations
from crm.credits.use import spent
from crm.ids import uuid7
from crm.ledger import audit
from crm.tenants.models import Tenant

__all__ = [
    "Balance", "Exhausted", "NoReservation", "Purpose", "TooFew", "balance", "grant", "left",
    "open_reservations", "refund", "release", "reserve", "spend", "spent",
]  # fmt: skip
# What people type may be wrong by some noughts.
MOST = 1_000_000_000


def grant(
    tenant: Tenant, credits: int, by: AbstractBaseUser | None, note: str = "", *, source: str = ""
) -> CreditEntry:
    """Give the company credits; `source` says whose they are to give."""
    _check(credits, least=1)
    with account.turn(tenant):
        before = account.balance(tenant)
        entry = account.add(
            tenant, Kind.GRANT, credits, available=credits, by=by, note=note[:200], action=source
        )
        audit.write(
            entry,
            "gave credits",
            by=by,
            before={"available": before.available},
            after={"available": entry.balance_after, "credits": credits, "note": entry.note},
        )
    return entry


def reserve(
    tenant: Tenant, credits: int, *, by: AbstractBaseUser | None, for_: Purpose | None = None
) -> UUID:
    """Set credits aside for a run that may take as many; raises TooFew."""
    _check(credits)
    with account.turn(tenant):
        _must_have(tenant, credits)
        ident = uuid7()
        account.add(
            tenant,
            Kind.RESERVE,
            credits,
            available=-credits,
            held=credits,
            by=by,
            for_=for_,
            reservation=ident,
            left_after=credits,
        )
    return ident


def left(tenant: Tenant, reservation: UUID) -> int:
    """Say how many credits of a reservation may still be spent."""
    return account.last_of(tenant, reservation).left_after or 0


def spend(
    tenant: Tenant,
    reservation: UUID | None,
    *,
    service: str,
    action: str,
    credits: int,
    cost_micros: int,
    quantity: int = 1,
    by: AbstractBaseUser | None = None,
    for_: Purpose | None = None,
) -> None:
    """Book what was used, from a reservation or straight from what is available.

    Raises Exhausted when the reservation has less left, TooFew when the account has. What takes no
    credits is booked all the same, with its cost, even on a reservation that was given back. By
    whom and what for are as in the reservation, if nothing else is said.
    """
    _check(credits)
    told: dict[str, Any] = {
        "service": service,
        "action": action,
        "quantity": quantity,
        "cost_micros": cost_micros,
    }
    with account.turn(tenant):
        if reservation is None:
            _must_have(tenant, credits)
            entry = account.add(
                tenant, Kind.SPEND, credits, available=-credits, by=by, for_=for_, **told
            )
        else:
            like = account.last_of(tenant, reservation)
            rest = (like.left_after or 0) - credits
            if rest < 0:
                raise Exhausted(credits, like.left_after or 0)
            entry = account.add(
                tenant, Kind.SPEND, credits, held=-credits, by=by, for_=for_, like=like,
                reservation=reservation, left_after=rest, **told,
            )  # fmt: skip
        if credits:
            low.warn(entry)


def release(tenant: Tenant, reservation: UUID) -> int:
    """Give back what is left of a reservation, once; say how much that was."""
    with account.turn(tenant):
        like = account.last_of(tenant, reservation)
        of_it = CreditEntry.of(tenant).filter(reservation=reservation, kind=Kind.RELEASE)
        if of_it.exists():
            return 0
        rest = like.left_after or 0
        account.add(
            tenant, Kind.RELEASE, rest, available=rest, held=-rest, like=like,
            reservation=reservation, left_after=0,
        )  # fmt: skip
    return rest


def refund(
    tenant: Tenant,
    credits: int,
    *,
    service: str,
    action: str,
    by: AbstractBaseUser | None = None,
    for_: Purpose | None = None,
    note: str = "",
) -> None:
    """Give credits back that were spent in vain; the use they were counted in is lessened."""
    _check(credits, least=1)
    with account.turn(tenant):
        account.add(
            tenant, Kind.REFUND, credits, available=credits, by=by, for_=for_, service=service,
            action=action, note=note[:200],
        )  # fmt: skip


def _must_have(tenant: Tenant, credits: int) -> None:
    available = account.balance(tenant).available
    if available < credits:
        raise TooFew(credits, available)


def _check(credits: int, least: int = 0) -> None:
    if not least <= credits <= MOST:
        raise ValueError(f"Credits are a whole number from {least:,} to {MOST:,}.")
