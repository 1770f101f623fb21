"""Many rows written at once, each with its own values, in one message to the database.

`bulk_create` and `bulk_update` build an expression for each value of each row, which takes Django
several times as long as PostgreSQL takes to write them. Here all values travel as one JSON text.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field, JSONField, Model

Fields = Sequence["Field[Any, Any]"]


def change(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Write these columns of rows of one model; those that are gone stay so. No signal is sent."""
    if not rows:
        return
    key = rows[0]._meta.pk
    fields = [field for field in rows[0]._meta.concrete_fields if field.name in columns]
    puts = ", ".join(f'"{each.column}" = new."{each.column}"' for each in fields)
    table, pk = rows[0]._meta.db_table, key.column
    # Names of our own models, no words of anybody. In one order, as everybody else takes them.
    _execute(
        f'UPDATE "{table}" AS row SET {puts} FROM '  # noqa: S608
        f'(SELECT * FROM {_told([key, *fields])} ORDER BY "{pk}") AS new '
        f'WHERE row."{pk}" = new."{pk}"',
        rows,
        [key, *fields],
    )


def add(rows: Sequence[Model]) -> None:
    """Write new rows of one model, which have all their values; no signal is sent."""
    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    names = ", ".join(f'"{each.column}"' for each in fields)
    table = rows[0]._meta.db_table
    _execute(
        f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {_told(fields)}',  # noqa: S608
        rows,
        fields,
    )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _told(fields: Fields) -> str:
    types = ", ".join(f'"{each.column}" {each.db_type(connection)}' for each in fields)
    return f"json_to_recordset(%s::json) AS told({types})"


def _execute(statement: str, rows: Iterable[Model], fields: Fields) -> None:
    told = [{field.column: _written(field, row) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(told, cls=DjangoJSONEncoder)])


def _written(field: "Field[Any, Any]", row: Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, JSONField) and value is None:
        raise ValueError(f"{field.name} of {row!r} is nothing, which is no JSON of ours.")
    return value
