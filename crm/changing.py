"""Many rows changed at once, each to its own values, in one message to the database.

`bulk_update` builds an expression for each value of each row, which takes Django longer than
PostgreSQL takes to write them.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Field, JSONField, Model


def change(rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Write these columns of rows of one model; those that are gone stay so. No signal is sent."""
    if not rows:
        return
    model = type(rows[0])
    key = model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field.name in columns]
    told = json.dumps(
        [
            {field.column: _written(field, row) for field in (key, *fields)}
            for row in rows
        ],
        cls=DjangoJSONEncoder,
    )
    types = ", ".join(f'"{each.column}" {each.db_type(connection)}' for each in (key, *fields))
    puts = ", ".join(f'"{each.column}" = new."{each.column}"' for each in fields)
    table, pk = model._meta.db_table, key.column
    # Names of our own models, no words of anybody. In one order, as everybody else takes them.
    statement = (
        f'UPDATE "{table}" AS row SET {puts} FROM '  # noqa: S608
        f'(SELECT * FROM jsonb_to_recordset(%s::jsonb) AS told({types}) ORDER BY "{pk}") AS new '
        f'WHERE row."{pk}" = new."{pk}"'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [told])


def _written(field: "Field[Any, Any]", row: Model) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, JSONField) and value is None:
        raise ValueError(f"{field.name} of {row!r} is nothing, which is no JSON of ours.")
    return value
