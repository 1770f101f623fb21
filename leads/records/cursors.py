"""Reading a long list page by page, each from behind a cursor: the place of a row in its order.

A cursor says the key of a row and its id, compared as a row, which an index answers at any depth.
"""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from crm import ids

LONGEST = 1200
MOST = 10**18
Row = TypeVar("Row")
Place = TypeVar("Place")
AnyRow = TypeVar("AnyRow", bound=Model)


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


def walk(
    rows: QuerySet[AnyRow, Any],
    key: Combinable,
    start: tuple[Any, UUID] | None,
    *,
    few: bool,
    falls: bool,
) -> QuerySet[AnyRow, Any]:
    """Put rows in the order of a key, from behind a place on.

    `few` are gathered and sorted: the database reckons badly how far it must walk an index to
    meet them. Of many the index is walked until there are enough.
    """
    if start is not None:
        rows = rows.filter(Beyond(key, F("id"), *map(Value, start), larger=not falls))
    # No index holds what is wrapped like this, so that those who are meant are gathered first.
    keys = [
        Coalesce(each, each) if few else Func(each, template="%(expressions)s")
        for each in (key, F("id"))
    ]
    return rows.order_by(*(each.desc() if falls else each.asc() for each in keys))


def turn(
    read: Callable[[Place | None, bool], list[Row]],
    write: Callable[[Row], str],
    size: int,
    *,
    after: Place | None,
    before: Place | None,
) -> tuple[list[Row], str, str]:
    """Give the rows of a page, and the cursors behind and before it, "" at either end.

    `read` gives one row more than fill a page, from a place on or, told so, back from there.
    """
    if before is not None:
        found = read(before, True)
        rows = found[:size][::-1]
        has_more = len(found) > size
        return rows, write(rows[-1]) if rows else "", write(rows[0]) if has_more else ""
    found = read(after, False)
    rows = found[:size]
    is_first = after is None or not rows
    return rows, write(rows[-1]) if len(found) > size else "", "" if is_first else write(rows[0])


def latest(
    rows: QuerySet[AnyRow], size: int, *, after: str, before: str
) -> tuple[list[AnyRow], str, str]:
    """Give a page of rows, the latest first, and the cursors behind and before it: ids."""

    def read(start: UUID | None, back: bool) -> list[AnyRow]:
        found = rows
        if start is not None:
            found = rows.filter(pk__gt=start) if back else rows.filter(pk__lt=start)
        return list(found.order_by("pk" if back else "-pk")[: size + 1])

    places = {"after": ids.read(after), "before": ids.read(before)}
    return turn(read, lambda row: str(row.pk), size, **places)


def encode(key: Any, ident: UUID) -> str:
    """Write the cursor of a row."""
    written = key.isoformat() if isinstance(key, datetime) else key
    text = json.dumps([written, ident], default=str)
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode(cursor: str, read: Callable[[Any], Any]) -> tuple[Any, UUID] | None:
    """Read a cursor, its key by `read`; one that was tampered with means the beginning."""
    if not cursor or len(cursor) > LONGEST:
        return None
    try:
        key, ident = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return read(key), UUID(ident)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def text(value: Any) -> str:
    """Read a key that is a text, as the database takes one."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    # Half a pair of surrogates is no letter.
    value.encode()
    return value


def number(value: Any) -> int:
    """Read a key that is a whole number, of as many digits as any that is kept."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST:
        raise ValueError(value)
    return value


def moment(value: Any) -> datetime:
    """Read a key that is a moment."""
    at = datetime.fromisoformat(text(value))
    if at.tzinfo is None:
        raise ValueError(value)
    return at
