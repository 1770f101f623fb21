"""Many rows written at once, each with its own values, in one message to the database.

`bulk_create` and `bulk_update` build an expression for each value of each row, which takes Django
several times as long as PostgreSQL takes to write them. Here all values travel in one message:
those that change as one JSON text, new rows by COPY.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import CharField, Field, JSONField, Model, TextField

Fields = Sequence["Field[Any, Any]"]
# The text format of COPY.
NULL = r"\N"
SPECIAL = re.compile(r"[\\\t\n\r]")
_json = DjangoJSONEncoder().encode
ESCAPES = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))


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
    copy(
        type(rows[0]),
        [{each.attname: getattr(row, each.attname) for each in fields} for row in rows],
    )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def copy(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows of a model, each given as all its attributes by name; no signal is sent."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{each.column}"' for each in fields)
    columns = [_lines(each, [row[each.attname] for row in rows]) for each in fields]
    lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as message,
    ):
        message.write(f"{lines}\n")


def _lines(field: "Field[Any, Any]", values: Sequence[Any]) -> list[str]:
    """Write a column in the text format of COPY; JSON is never NULL."""
    if isinstance(field, JSONField):
        if None in values:
            raise ValueError(f"{field.name} is nothing, which is no JSON of ours.")
        # It has written the other special signs in letters already.
        return [_json(value).replace("\\", r"\\") for value in values]
    if isinstance(field, CharField | TextField):
        texts = {value: NULL if value is None else _escaped(str(value)) for value in {*values}}
        return [texts[value] for value in values]
    # Of numbers, days and ids no sign has a meaning there; each is written once for all its rows.
    each = {id(value): value for value in values}
    written = {ident: NULL if value is None else str(value) for ident, value in each.items()}
    return [written[id(value)] for value in values]


def _escaped(text: str) -> str:
    if SPECIAL.search(text):
        for sign, written in ESCAPES:
            text = text.replace(sign, written)
    return text


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
