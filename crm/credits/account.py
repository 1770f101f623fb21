"""How an account stands, and the one way in which an entry is added to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from crm.credits.errors import NoReservation
from crm.credits.models import CreditEntry, Kind
from crm.credits.purpose import Purpose
from crm.tenants.models import Tenant

TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True)
class Balance:
    """`available` for anything; `held` by reservations, of which some may come back."""

    available: int = 0
    held: int = 0

    @property
    def total(self) -> int:
        return self.available + self.held


@contextmanager
def turn(tenant: Tenant) -> Iterator[None]:
    """Wait until nobody else writes to this account, until the transaction ends.

    However many want to write at once, each has its turn and nobody fails. What else a transaction
    locks, it should lock before.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TURN, [f"credits of {tenant.pk}"])
        yield


def balance(tenant: Tenant) -> Balance:
    """Say how the account stands: its last entry knows."""
    entry = last(tenant)
    return stood(entry) if entry else Balance()


def stood(entry: CreditEntry) -> Balance:
    """Say how the account stood after this entry."""
    return Balance(entry.balance_after, entry.held_after)


def last(tenant: Tenant) -> CreditEntry | None:
    """Give the newest entry."""
    return CreditEntry.of(tenant).order_by("-number").first()


def last_of(tenant: Tenant, reservation: UUID) -> CreditEntry:
    """Give the newest entry of a reservation, which knows what is left of it."""
    entries = CreditEntry.of(tenant).filter(reservation=reservation)
    entry = entries.order_by("-number").first()
    if entry is None:
        raise NoReservation(reservation)
    return entry


def add(
    tenant: Tenant,
    kind: Kind,
    credits: int,
    *,
    available: int = 0,
    held: int = 0,
    by: AbstractBaseUser | None = None,
    for_: Purpose | None = None,
    like: CreditEntry | None = None,
    **told: Any,
) -> CreditEntry:
    """Add an entry that changes the account by so much; only in one's `turn`.

    Who and what for are as in another entry, `like`, where they are not given.
    """
    before = last(tenant)
    entry = CreditEntry(
        tenant=tenant,
        number=before.number + 1 if before else 1,
        kind=kind,
        credits=credits,
        balance_after=(before.balance_after if before else 0) + available,
        held_after=(before.held_after if before else 0) + held,
        **_who(by, like),
        **_for(for_, like),
        **told,
    )
    entry.save(force_insert=True)
    return entry


def _who(by: AbstractBaseUser | None, like: CreditEntry | None) -> dict[str, Any]:
    if by is None and like is not None:
        return {"person_id": like.person_id, "person": like.person}
    return {"person_id": by.pk if by else None, "person": str(by)[:200] if by else ""}


def _for(for_: Purpose | None, like: CreditEntry | None) -> dict[str, Any]:
    if for_ is None and like is not None:
        return {"for_ref": like.for_ref, "for_label": like.for_label, "for_url": like.for_url}
    for_ = for_ or Purpose()
    return {"for_ref": for_.ref, "for_label": for_.label[:200], "for_url": for_.url[:300]}
