"""Reading that must end in time: each in one go with its limit; all raise TooSlow."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from crm.bounds import patience

HERE = "in_time"


def read(asked: str, given: Any, seconds: float = 0, *, by_index: bool = False) -> list[Any]:
    """Read the rows of a statement; 0 seconds are no limit.

    `by_index` is for what an index alone shall find: of what it expects often the database would
    else read the table until it has met enough, which is all of it where it was wrong.
    """
    limits = {"statement_timeout": f"{int(seconds * 1000)}"}
    if by_index:
        limits["enable_seqscan"] = "off"
    before = [f"SET LOCAL {name} = {value}" for name, value in limits.items()]
    behind = [f"SET LOCAL {name} TO DEFAULT" for name in limits]
    # All in one go: to frame it by Django's means would be two statements more.
    if seconds:
        before, behind = [f"SAVEPOINT {HERE}", *before], [*behind, f"RELEASE {HERE}"]
    with patience.noticed(), _transaction(), connection.cursor() as cursor:
        try:
            cursor.execute("; ".join([*before, asked, *behind]), given)
        except OperationalError:
            if seconds:
                cursor.execute(f"ROLLBACK TO {HERE}; RELEASE {HERE}")
            raise
        for _ in before:
            cursor.nextset()
        return cursor.fetchall()


def _transaction() -> AbstractContextManager[Any]:
    """A setting and a savepoint are of a transaction: the one that is open, or one of their own."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def idents(rows: QuerySet[Any], seconds: float, *, by_index: bool = False) -> list[UUID]:
    """Read the ids that are asked for."""
    try:
        asked, given = rows.query.sql_with_params()
    except EmptyResultSet:
        # It is known without asking that there are none.
        return []
    found = read(asked, given, seconds, by_index=by_index)
    return [ident for (ident,) in found]
