"""Leads with what stands in their columns, read plainly: a million of them are no objects."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, F, Func, TextField, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from crm.tenants.models import Tenant
from leads.models import Lead
from scoring.engine import Scored


class Shows(NamedTuple):
    """What a lead shows of its points and of its grade."""

    score: int
    tier: str
    grade: str
    grade_value: int | None
    fit: int | None
    engagement: int | None

    @classmethod
    def of(cls, scored: Scored) -> "Shows":
        """Give what a lead shows that was scored so."""
        points, grade = scored.points, scored.grade
        return cls(
            points.points, points.tier, grade.name, grade.value, grade.fit, grade.engagement
        )


class Row(NamedTuple):
    """A lead with what stands in its own columns and in those of its organisation and contact.

    `since` and `contact_since` are the days on which these two were written down.
    """

    lead: UUID
    organisation: UUID
    contact: UUID | None
    source: str
    value_pence: int | None
    score: int
    tier: str
    grade: str
    grade_value: int | None
    fit: int | None
    engagement: int | None
    chance: int | None
    closeness: int | None
    is_set: bool
    version: int
    active_at: datetime | None
    contacted_at: datetime | None
    name: str
    company_number: str
    website: str
    org_phone: str
    address: str
    postcode: str
    latitude: float | None
    longitude: float | None
    industry: str
    employees: int | None
    customer_since: datetime | None
    since: str
    contact_name: str | None
    job_title: str | None
    email: str | None
    phone: str | None
    contact_since: str | None

    @property
    def shows(self) -> Shows:
        """What it shows of its points and of its grade."""
        return Shows(self.score, self.tier, self.grade, self.grade_value, self.fit, self.engagement)


OF_LEAD = (
    "id", "organisation_id", "contact_id", "source", "value_pence", "score", "tier", "grade",
    "grade_value", "fit", "engagement", "chance", "closeness", "is_set", "version", "active_at",
    "contacted_at",
)  # fmt: skip
COLUMNS = OF_LEAD + tuple(
    f"organisation__{name}"
    for name in (
        "name", "company_number", "website", "phone", "address", "postcode", "latitude",
        "longitude", "industry", "employees", "customer_since",
    )
) + ("its_since",) + tuple(
    f"contact__{name}" for name in ("name", "job_title", "email", "phone")
) + ("their_since",)  # fmt: skip
# As in Told: to read a moment of each takes longer than all its texts.
DAYS = {"its_since": "organisation__created_at", "their_since": "contact__created_at"}


def array(values: Iterable[Any]) -> str:
    """Write ids or numbers as an array, which the driver takes several times as long to do."""
    return f"{{{','.join(map(str, values))}}}"


def among(column: str, values: str | Sequence[str], form: str = "uuid") -> Func:
    """Give the condition that a column is one of these, an `array` or a list of texts.

    In one piece, where a thousand values would take long to put together; and they are looked up
    in one walk along the index.
    """
    told = {"template": f"%(expressions)s::{form}[])", "arg_joiner": " = ANY("}
    return Func(F(column), Value(values), output_field=BooleanField(), **told)


def read(tenant: Tenant, idents: Sequence[UUID]) -> list[Row]:
    """Read these of a company's leads that are open, in the order of their ids."""
    found = Lead.of(tenant).filter(among("pk", array(idents)), closed_at=None).order_by("pk")
    zone = timezone.get_default_timezone()
    days = {
        name: Cast(TruncDate(moment, tzinfo=zone), TextField()) for name, moment in DAYS.items()
    }
    return [Row._make(each) for each in found.annotate(**days).values_list(*COLUMNS)]
