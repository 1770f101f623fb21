"""Queueing rows again that were given up."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from crm import tasks
from crm.ledger import audit
from crm.operations.failed import dead
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.table import Table

# So many rows between two looks at the clock; a person waits no longer than that for an answer.
CHUNK = 200
SECONDS = 10.0
VERB = "queued again"


@dataclass
class Revived:
    """How many rows were queued and how many were not looked at; why others were refused."""

    queued: int = 0
    left: int = 0
    refusals: list[str] = field(default_factory=list)


def one(table: Table, tenant: Tenant, row_id: UUID, *, by: User) -> Revived:
    """Queue a row again; nothing is queued when it is dead no more. Raises Http404."""
    if not table.model.of(tenant).filter(pk=row_id).exists():  # type: ignore[attr-defined]
        raise Http404
    revived = Revived()
    _revive(
        table, _locked(table, dead(table, tenant).filter(pk=row_id)), revived, by, together=False
    )
    return revived


def every(table: Table, tenant: Tenant, *, by: User) -> Revived:
    """Queue all dead rows of the table again, the oldest first, for as long as one may wait."""
    end = time.monotonic() + SECONDS
    rows, revived = dead(table, tenant).order_by("pk"), Revived()
    while found := _locked(table, rows[:CHUNK]):
        _revive(table, found, revived, by, together=True)
        rows = dead(table, tenant).order_by("pk").filter(pk__gt=found[-1].pk)
        if time.monotonic() >= end:
            revived.left = rows.count()
            break
    return revived


def set_aside(table: Table, tenant: Tenant, row_id: UUID, *, by: User) -> bool:
    """Let a dead row rest; say whether it was dead still. Raises Http404."""
    if not table.model.of(tenant).filter(pk=row_id).exists():  # type: ignore[attr-defined]
        raise Http404
    found = _locked(table, dead(table, tenant).filter(pk=row_id))
    queue.set_aside(table, found)
    audit.write_all(found, "set aside", by=by)
    return bool(found)


def _locked(table: Table, rows: QuerySet[Any]) -> list[Any]:
    """Hold the rows, so that two people do not queue the same one; who comes second finds none."""
    return list(rows.select_related(*table.related).select_for_update(of=("self",)))


def _revive(table: Table, rows: list[Any], revived: Revived, by: User, *, together: bool) -> None:
    queued, refusals = queue.all_again(table, rows, together=together)
    # Many are refused for the same reason.
    revived.refusals = list(dict.fromkeys(revived.refusals + refusals))
    revived.queued += len(queued)
    audit.write_all(queued, VERB, by=by)
    if queued:
        tasks.wake()
