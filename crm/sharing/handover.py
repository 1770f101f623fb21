"""What becomes of shares when the person leaves, or the team ends, with whom it was shared."""

from typing import Any

from crm.ledger import audit
from crm.sharing.rows import WithPerson, WithTeam
from crm.tenants.handovers import Handover
from crm.tenants.models import Team, Tenant, User

VERB = "no longer shared"


def count(tenant: Tenant, person: User) -> int:
    """Count what is shared with the person in this company."""
    return sum(rows.count() for rows in _with(tenant, person))


def revoke(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """End them all."""
    for rows in _with(tenant, person):
        _end(rows, person, by)


def move(team: Team, to: Team | None, by: User) -> None:
    """Share with the other team what was shared with this one, or with nobody."""
    for model in WithTeam.__subclasses__():
        table: Any = model
        rows = table.objects.filter(group=team.group_id)
        if to is not None:
            has = table.objects.filter(group=to.group_id).values("content_object")
            rows.exclude(content_object__in=has).update(group=to.group_id)
        _end(table.objects.filter(group=team.group_id), team, by)


def _with(tenant: Tenant, person: User) -> list[Any]:
    tables: list[Any] = WithPerson.__subclasses__()
    return [table.objects.filter(user=person, content_object__tenant=tenant) for table in tables]


def _end(rows: Any, reader: User | Team, by: User) -> None:
    ended = list(rows.select_related("content_object"))
    shared = [row.content_object for row in ended]
    audit.write_all(shared, VERB, by=by, before={"with": str(reader)})
    rows.filter(pk__in=[row.pk for row in ended]).delete()


SHARES = Handover("shares with them", count, revoke, becomes="ended")
