"""Rows that were given up, to look through: however many there are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db.models import Q, QuerySet
from django.http import Http404

from crm.look.formats import relative
from crm.operations import subjects
from crm.tenants.models import Tenant
from crm.work import reasons
from crm.work.drain import tables
from crm.work.models import State
from crm.work.queue import Depth
from crm.work.table import Table

FEW = 5
PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Microseconds and id.
CURSOR = re.compile(r"([0-9]{1,17})-([0-9a-f]{32})")


@dataclass(frozen=True)
class Failed:
    """A dead row; `row.due_at` says since when, and `why` for whoever is no superuser why."""

    row: Any
    about: str
    url: str
    why: str


@dataclass(frozen=True)
class Failures:
    """The first of a table's dead rows, and how many there are."""

    table: Table
    count: int
    rows: list[Failed]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


def table(key: str) -> Table:
    """Find the table of work; raises Http404."""
    for each in tables():
        if each.key == key:
            return each
    raise Http404(f"There is no table of work called “{key}”.")


def few(tenant: Tenant, depths: Iterable[Depth]) -> list[Failures]:
    """Give the newest dead rows of each table that has any."""
    return [
        Failures(each.table, each.dead, _read(each.table, dead(each.table, tenant)[:FEW]))
        for each in depths
        if each.dead
    ]


def page(table: Table, tenant: Tenant, behind: str) -> tuple[list[Failed], str]:
    """Give a page of a table's dead rows, and the cursor of the next one, "" at the end."""
    rows = dead(table, tenant)
    if here := _place(behind):
        at, pk = here
        rows = rows.filter(Q(due_at__lt=at) | Q(due_at=at, pk__lt=pk))
    found = _read(table, rows[: PAGE + 1])
    return found[:PAGE], _cursor(found[PAGE - 1].row) if len(found) > PAGE else ""


def dead(table: Table, tenant: Tenant) -> QuerySet[Any]:
    """Give the tenant's dead rows, those that died last first."""
    rows: QuerySet[Any] = table.model.of(tenant).filter(state=State.DEAD)  # type: ignore[attr-defined]
    return rows.order_by("-due_at", "-pk")


def mark(failures: Iterable[Failures]) -> str:
    """Sum up what a reader sees of them, so that nothing is drawn anew that has not changed."""
    seen = [
        (each.count, row.row.pk, row.row.attempts, relative(row.row.due_at))
        for each in failures
        for row in each.rows
    ]
    return f"{crc32(repr(seen).encode()):08x}"


def _read(table: Table, rows: QuerySet[Any]) -> list[Failed]:
    return [
        Failed(row, subjects.capitalised(table, row), subjects.url(row), reasons.plain(row))
        for row in rows.select_related(*table.related)
    ]


def _cursor(row: Any) -> str:
    return f"{(row.due_at - EPOCH) // timedelta(microseconds=1)}-{row.pk.hex}"


def _place(cursor: str) -> tuple[datetime, UUID] | None:
    """Read a cursor; one that was tampered with means the first page."""
    found = CURSOR.fullmatch(cursor)
    if found is None:
        return None
    return EPOCH + timedelta(microseconds=int(found[1])), UUID(found[2])
