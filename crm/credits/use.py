"""What was used: by whom, for what, of which service, on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Case, F, Max, QuerySet, Sum, When
from django.db.models.functions import TruncDate

from crm.credits import words
from crm.credits.models import CreditEntry, Kind
from crm.tenants.models import Tenant, User

SIGNED = Case(
    When(kind=Kind.REFUND, then=-F("credits")),
    default=F("credits"),
    output_field=BigIntegerField(),
)
TOTALS = {"used": Sum(SIGNED), "micros": Sum("cost_micros")}


@dataclass(frozen=True)
class Use:
    """So many credits, and what vendors charged for it; `url` leads to what it was for."""

    label: str
    credits: int
    micros: int
    url: str = ""


@dataclass(frozen=True)
class Month:
    """The same use in four ways; each list begins with the most, the days with the first."""

    people: list[Use]
    purposes: list[Use]
    services: list[Use]
    days: dict[date, int]

    @property
    def credits(self) -> int:
        return sum(use.credits for use in self.services)

    @property
    def micros(self) -> int:
        return sum(use.micros for use in self.services)


def spent(tenant: Tenant, service: str, since: datetime) -> int:
    """Add up what a vendor has charged for the company since then, in millionths of a pound."""
    entries = CreditEntry.of(tenant).filter(kind=Kind.SPEND, service=service, at__gte=since)
    return entries.aggregate(micros=Sum("cost_micros"))["micros"] or 0


def since(tenant: Tenant, moment: datetime, *, person_id: UUID | None = None) -> Month:
    """Add up what was used since then, by everybody or by one."""
    used = CreditEntry.of(tenant).filter(kind__in=[Kind.SPEND, Kind.REFUND], at__gte=moment)
    if person_id is not None:
        used = used.filter(person_id=person_id)
    day = TruncDate("at", tzinfo=ZoneInfo(tenant.zone))
    return Month(
        people=_people(used),
        purposes=_purposes(used),
        services=_sorted(
            Use(words.service(row["service"]), row["used"], row["micros"])
            for row in _added_up(used, "service")
        ),
        days={row["day"]: row["used"] for row in _added_up(used.annotate(day=day), "day")},
    )


def _people(used: QuerySet[CreditEntry]) -> list[Use]:
    """By the names that people have now; of whom is gone, by the last one that was known."""
    rows = _added_up(used, "person_id", name=Max("person"))
    users = User.objects.filter(pk__in=[row["person_id"] for row in rows if row["person_id"]])
    names = dict(users.values_list("pk", "name"))
    return _sorted(
        Use(
            names.get(row["person_id"]) or row["name"] or words.NOBODY,
            row["used"],
            row["micros"],
        )
        for row in rows
    )


def _purposes(used: QuerySet[CreditEntry]) -> list[Use]:
    rows = _added_up(used, "for_ref", label=Max("for_label"), url=Max("for_url"))
    return _sorted(
        Use(row["label"] or words.NOTHING, row["used"], row["micros"], row["url"]) for row in rows
    )


def _added_up(used: Any, by: str, **more: Any) -> list[dict[str, Any]]:
    return list(used.order_by().values(by).annotate(**more, **TOTALS))


def _sorted(uses: Iterable[Use]) -> list[Use]:
    return sorted(uses, key=lambda use: (-use.credits, -use.micros, use.label))
