"""New rows of several models, written in one message to the database.

`bulk_create` takes a few times as long to put a statement together as PostgreSQL to carry it out,
and a round trip for each model. That shows where single things come in, hundreds in a second.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault


def insert(*lots: Sequence[Model], unless_there: Iterable[type[Model]] = ()) -> None:
    """Write rows with ids of their own, lot after lot; each lot is of one model.

    Of the models in `unless_there` a row that a constraint forbids is left out. No signal is sent.
    """
    statements: list[str] = []
    values: list[Any] = []
    for rows in lots:
        if rows:
            ending = " ON CONFLICT DO NOTHING" if type(rows[0]) in unless_there else ""
            statements.append(_statement(rows, values) + ending)
    if not statements:
        return
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements), values)
    for rows in lots:
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


def _statement(rows: Sequence[Model], values: list[Any]) -> str:
    """Write the statement for rows of one model, and add its values."""
    fields = _fields(type(rows[0]))
    placed = []
    for row in rows:
        places = []
        for field in fields:
            value = field.pre_save(row, add=True)
            if isinstance(value, DatabaseDefault):
                places.append("DEFAULT")
            else:
                places.append("%s")
                values.append(field.get_db_prep_save(value, connection))
        placed.append(f"({', '.join(places)})")
    return f"{_beginning(type(rows[0]))} VALUES {', '.join(placed)}"


@cache
def _fields(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not field.generated]


@cache
def _beginning(model: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _fields(model))
    return f'INSERT INTO "{model._meta.db_table}" ({columns})'
