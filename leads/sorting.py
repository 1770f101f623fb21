"""The orders of the list, each held by an index, so that any page is read from its place.

A cursor names the last lead of a page: its key and its id, compared as a row, which an index
answers at any depth. `few` leads are gathered and sorted instead: the database reckons badly how
far it must walk an index to meet them.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from leads.keyset import KEYS
from leads.models import Lead

PAGE = 50
LONGEST_CURSOR = 1200
KEY = "key"


@dataclass(frozen=True)
class Sort:
    """`expression` is the key as the index writes it, `read` makes it of a cursor's JSON.

    `falls` says that what comes first is the largest.
    """

    name: str
    label: str
    expression: Combinable
    read: Callable[[Any], Any]
    falls: bool = False

    @property
    def other(self) -> str:
        """Name the same order the other way round."""
        return self.name[1:] if self.name.startswith("-") else f"-{self.name}"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _moment(value: Any) -> datetime:
    return datetime.fromisoformat(_text(value))


def _both(name: str, label: str, key: Combinable, read: Callable[[Any], Any]) -> dict[str, Sort]:
    rising = Sort(name, label, key, read)
    return {name: rising, f"-{name}": Sort(f"-{name}", label, key, read, falls=True)}


# By the names that stand in addresses; a minus puts the largest first.
SORTS: dict[str, Sort] = {
    **_both("score", "Score", F("score"), int),
    **_both("name", "Name", F("sort_key"), _text),
    **_both("created", "Added", F("id"), lambda value: UUID(_text(value))),
    **_both("value", "Value", KEYS["value"], int),
    **_both("owner", "Owner", F("owner_key"), _text),
    **_both(
        "active", "Last activity", KEYS["active"], lambda at: datetime.fromisoformat(_text(at))
    ),
    **_both("due", "Next action", KEYS["due"], lambda at: datetime.fromisoformat(_text(at))),
}
USUAL = SORTS["-score"]


@dataclass(frozen=True)
class Page:
    """`after` and `before` are cursors, "" at either end."""

    leads: list[Lead]
    after: str
    before: str


class Beyond(Func):
    """Whether key and id stand beyond those of a cursor, as one comparison of rows."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, *parts: Any, larger: bool) -> None:
        super().__init__(*parts)
        self.larger = larger

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        """Write `(key, id) > (key, id)`."""
        written = [compiler.compile(part) for part in self.get_source_expressions()]
        key, ident, its_key, its_ident = (sql for sql, _ in written)
        sign = ">" if self.larger else "<"
        given = tuple(each for _, params in written for each in params)
        return f"({key}, {ident}) {sign} ({its_key}, {its_ident})", given


def page(
    leads: QuerySet[Lead], sort: Sort, *, few: bool, after: str = "", before: str = ""
) -> Page:
    """Give the page behind or in front of a cursor; one that was tampered with means the first."""
    if (back := _read(before, sort)) is not None:
        found = _walk(leads, sort, few, back, falls=not sort.falls)
        has_more = len(found) > PAGE
        found = found[:PAGE][::-1]
        return Page(found, _cursor(found[-1:]), _cursor(found[:1]) if has_more else "")
    here = _read(after, sort)
    found = _walk(leads, sort, few, here, falls=sort.falls)
    more = _cursor(found[PAGE - 1 : PAGE]) if len(found) > PAGE else ""
    return Page(found[:PAGE], more, _cursor(found[:1]) if here is not None else "")


def _walk(
    leads: QuerySet[Lead], sort: Sort, few: bool, start: tuple[Any, UUID] | None, *, falls: bool
) -> list[Lead]:
    rows = leads.annotate(**{KEY: sort.expression})
    if start is not None:
        rows = rows.filter(Beyond(sort.expression, F("id"), *map(Value, start), larger=not falls))
    # No index holds what is wrapped like this, so that those who are meant are gathered first.
    keys = [
        Coalesce(key, key) if few else Func(key, template="%(expressions)s")
        for key in (sort.expression, F("id"))
    ]
    order = [key.desc() if falls else key.asc() for key in keys]
    return list(rows.order_by(*order)[: PAGE + 1])


def _cursor(leads: list[Lead]) -> str:
    if not leads:
        return ""
    key: Any = getattr(leads[0], KEY)
    written = key.isoformat() if isinstance(key, datetime) else key
    text = json.dumps([written, leads[0].pk], default=str)
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read(cursor: str, sort: Sort) -> tuple[Any, UUID] | None:
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        key, ident = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return sort.read(key), UUID(ident)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
