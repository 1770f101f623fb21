"""The shares that were given: with whom, by whom and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from crm.sharing.held import with_people, with_teams
from crm.tenants.models import Membership, Tenant


@dataclass(frozen=True)
class Share:
    """One row of guardian's; `person` or `team` is whom it lets see the row `of`."""

    table: str
    number: int
    of: UUID
    person: UUID | None
    team: UUID | None
    by: str
    at: datetime

    @property
    def key(self) -> tuple[str, int]:
        return self.table, self.number


def of_rows(tenant: Tenant, model: type[Model], ids: Iterable[UUID]) -> list[Share]:
    """Give the shares of these rows with people and teams of the company, the oldest first."""
    ids = list(ids)
    people, teams = with_people(model), with_teams(model)
    direct = people.objects.filter(content_object__in=ids, content_object__tenant=tenant)
    through = teams.objects.filter(
        content_object__in=ids, content_object__tenant=tenant, group__team__tenant=tenant
    )
    return read(direct) + read(through)


def held_by(membership: Membership, model: type[Model]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Give the shares of the member's own, and those of their team."""
    tenant = membership.tenant
    direct = with_people(model).objects.filter(
        user=membership.user_id, content_object__tenant=tenant
    )
    through = with_teams(model).objects.none()
    if membership.team_id:
        through = with_teams(model).objects.filter(
            group__team=membership.team_id, content_object__tenant=tenant
        )
    return direct, through


def read(rows: QuerySet[Any]) -> list[Share]:
    """Give rows of either table as shares, the oldest first."""
    holder = "user_id" if hasattr(rows.model, "user") else "group__team"
    table = rows.model._meta.label_lower
    fields = ("pk", "content_object_id", holder, "by__name", "by__email", "at")
    found = rows.order_by("at", "pk").values_list(*fields)
    return [
        Share(
            table,
            pk,
            of,
            who if holder == "user_id" else None,
            None if holder == "user_id" else who,
            name or email or "",
            at,
        )
        for pk, of, who, name, email, at in found
    ]
