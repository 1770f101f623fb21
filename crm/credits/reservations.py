"""What is reserved and not given back yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from crm.credits.models import CreditEntry, Kind
from crm.credits.purpose import Purpose
from crm.tenants.models import Tenant


@dataclass(frozen=True)
class Reservation:
    """`credits` were confirmed, `left` of them are not used yet."""

    id: UUID
    credits: int
    left: int
    person_id: UUID | None
    person: str
    for_: Purpose
    at: datetime

    @property
    def used(self) -> int:
        return self.credits - self.left


def open_reservations(tenant: Tenant) -> list[Reservation]:
    """Give the company's open reservations, the newest first."""
    return [_read(entry) for entry in rows(tenant).order_by("-number")]


def rows(tenant: Tenant) -> QuerySet[CreditEntry]:
    """Give the entries by which what is still open was reserved, with what is `left_now`."""
    entries = CreditEntry.of(tenant)
    same = entries.filter(reservation=OuterRef("reservation"))
    newest = same.order_by("-number").values("left_after")[:1]
    is_back = Exists(same.filter(kind=Kind.RELEASE))
    begun = entries.filter(~is_back, kind=Kind.RESERVE)
    return begun.annotate(left_now=Subquery(newest))


def _read(entry: CreditEntry) -> Reservation:
    if entry.reservation is None:
        raise ValueError("This entry reserves nothing.")
    return Reservation(
        id=entry.reservation,
        credits=entry.credits,
        left=entry.left_now,  # type: ignore[attr-defined]
        person_id=entry.person_id,
        person=entry.person,
        for_=Purpose(entry.for_ref, entry.for_label, entry.for_url),
        at=entry.at,
    )
