"""Counting very many rows for very many reasons: no further than needed, and all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from crm.look.formats import thousands
from crm.tenants.models import Tenant
from crm.why.kinds import Listed

COUNTED_TO = 10_000
SAMPLES = 5
ONE = "SELECT {number}, count(*), (array_agg(pk))[1:{samples}] FROM ({rows}) AS found (pk)"


@dataclass(frozen=True)
class Asked:
    """Rows to be counted, up to so many."""

    kind: Listed
    rows: QuerySet[Any]
    most: int = COUNTED_TO


@dataclass(frozen=True)
class Count:
    """How many rows, counted up to `most`, and the first few of them."""

    kind: Listed
    number: int
    samples: list[Any]
    most: int

    def __str__(self) -> str:
        if self.is_more:
            return f"more than {thousands(self.most)} {self.kind.many}"
        return f"{thousands(self.number)} {self.kind.one if self.number == 1 else self.kind.many}"

    @property
    def rest(self) -> int:
        return min(self.number, self.most) - len(self.samples)

    @property
    def is_more(self) -> bool:
        return self.number > self.most


def count(asked: Iterable[Asked], *, tenant: Tenant) -> list[Count]:
    """Count all in one statement, in the order in which the database meets the rows."""
    asked = list(asked)
    found = _numbers(asked)
    rows: dict[Any, Any] = {}
    for kind in {each.kind for each in asked}:
        ids = {pk for n, each in enumerate(asked) if each.kind is kind for pk in found[n][1]}
        if ids:
            shown = kind.model.of(tenant).filter(pk__in=ids).select_related(*kind.related)
            rows |= {row.pk: row for row in shown}
    return [
        Count(each.kind, number, [rows[pk] for pk in sorted(ids) if pk in rows], each.most)
        for each, (number, ids) in zip(asked, found, strict=True)
    ]


def _numbers(asked: list[Asked]) -> list[tuple[int, list[Any]]]:
    found: list[tuple[int, list[Any]]] = [(0, []) for _ in asked]
    parts: list[str] = []
    values: list[Any] = []
    for number, each in enumerate(asked):
        rows = each.rows.order_by().values_list("pk")[: each.most + 1]
        try:
            said, given = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(ONE.format(number=number, samples=SAMPLES, rows=said))
        values += given
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, total, ids in cursor.fetchall():
                found[number] = total, ids or []
    return found
