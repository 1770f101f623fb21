"""Acts on leads that can be taken back: who did what to which, and how each stood before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from psycopg import sql

from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import Permission, may
from crm.work.models import State
from leads.models import Batch, Change, Lead, ReactionDeed

UNDO_FOR = timedelta(minutes=10)
LISTED_FOR = timedelta(days=1)
MOST_SHOWN = 200
# Has no line in the table: what was deleted comes back whole (`removal`).
DELETE = "delete"
LONGEST_SAID = Batch._meta.get_field("said").max_length or 0


@dataclass(frozen=True)
class Verb:
    """`columns` are put back; a lead is left alone where one of `checked` is not as it was left."""

    columns: tuple[str, ...]
    checked: tuple[str, ...]
    # Whether it is a move, which counts as one when it is taken back.
    moves: bool = False
    # Whether it puts a tag on or takes one off: its pictures say {"tag": id or None}.
    is_of_tags: bool = False


# The one table of what can be taken back; a new verb is a line here.
VERBS = {
    "move": Verb(
        (
            "stage", "rank", "stage_since", "closed_at", "lost_reason", "owner", "value_pence",
            "contact",
        ),
        ("stage", "version", "lost_reason", "owner", "value_pence", "contact"),
        moves=True,
    ),
    "place": Verb(("rank",), ("stage", "version", "rank")),
    "assign": Verb(("owner", "value_pence"), ("owner", "value_pence")),
    "tag": Verb((), (), is_of_tags=True),
    "untag": Verb((), (), is_of_tags=True),
    # An undo throws the task away, unless it is done.
    "task": Verb((), ()),
}  # fmt: skip


class Changed(NamedTuple):
    """A lead with some of its columns, as `picture` gives them, before and after."""

    lead: Lead
    before: dict[str, Any]
    after: dict[str, Any]


def picture(lead: Lead, verb: str) -> dict[str, Any]:
    """Give what the verb may change of the lead, as it is now, for a JSON column."""
    known = VERBS[verb]
    return {name: _plain(lead, name) for name in {*known.columns, *known.checked}}


def _plain(lead: Lead, name: str) -> Any:
    value = getattr(lead, Lead._meta.get_field(name).attname)  # type: ignore[union-attr]
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def begin(tenant: Tenant, verb: str, said: str, *, by: User) -> Batch:
    """Open a batch that changes are added to, perhaps a piece at a time."""
    return Batch.of(tenant).create(tenant=tenant, verb=verb, said=said[:LONGEST_SAID], by=by)


def add(batch: Batch, changes: Iterable[Changed]) -> None:
    """Keep of each lead what the act made of it."""
    rows = [
        Change(tenant_id=batch.tenant_id, batch=batch, lead=lead, **_differing(before, after))
        for lead, before, after in changes
    ]
    Change.of(batch.tenant).bulk_create(rows, batch_size=1000)
    batch.many += len(rows)
    batch.save(update_fields=["many"])


def record(verb: str, said: str, changes: Iterable[Changed], *, by: User) -> Batch | None:
    """Keep an act as a batch, in its transaction; None where it changed nothing."""
    changes = list(changes)
    if not changes:
        return None
    batch = begin(changes[0].lead.tenant, verb, said, by=by)
    add(batch, changes)
    return batch


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    names = {name for name in after if before.get(name) != after[name]}
    return {
        "before": {name: before.get(name) for name in names},
        "after": {name: after[name] for name in names},
    }


# The row type of the table turns each value into what its column holds.
PUT = """
UPDATE leads_lead AS lead SET {columns}, active_at = now()
FROM jsonb_populate_recordset(NULL::leads_lead, %s::jsonb) AS given
WHERE lead.id = given.id AND lead.tenant_id = %s
"""


def put(tenant: Tenant, pictures: dict[UUID, dict[str, Any]], columns: Iterable[str]) -> None:
    """Have leads look like these pictures, in one statement."""
    names = {name: Lead._meta.get_field(name).column for name in columns}  # type: ignore[union-attr]
    setting = (
        sql.SQL("{0} = given.{0}").format(sql.Identifier(str(each))) for each in names.values()
    )
    rows = [
        {"id": str(ident)} | {column: shown[name] for name, column in names.items()}
        for ident, shown in pictures.items()
    ]
    with connection.cursor() as cursor:
        statement = sql.SQL(PUT).format(columns=sql.SQL(", ").join(setting))
        cursor.execute(statement, [json.dumps(rows), tenant.pk])


def recent(membership: Membership) -> QuerySet[Batch]:
    """Give one's own acts of the last day; to owners and managers, everybody's."""
    rows = Batch.of(membership.tenant).filter(at__gt=timezone.now() - LISTED_FOR, many__gt=0)
    if not may(membership, Permission.ADMINISTER):
        rows = rows.filter(by=membership.user)
    return rows.select_related("by", "undone_by").order_by("-at", "-id")


def last(membership: Membership) -> Batch | None:
    """Give the member's own latest act while they may take it back."""
    now = timezone.now()
    rows = (
        Batch.of(membership.tenant)
        .filter(
            Q(at__gt=now - UNDO_FOR) | Q(ended_at__gt=now - UNDO_FOR),
            by=membership.user,
            at__gt=now - LISTED_FOR,
            many__gt=0,
        )
        # What a rule did by itself was none of theirs of this moment.
        .exclude(Exists(ReactionDeed.of(membership.tenant).filter(batch=OuterRef("pk"))))
        .exclude(bulk__state__in=[State.READY, State.LEASED, State.WAITING, State.HELD])
    )
    found = rows.order_by("-at", "-id").first()
    return found if found is not None and found.undone_at is None else None
