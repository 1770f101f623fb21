"""Rows moved, put by as images and brought back, a statement for all of a table."""

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import ForeignKey, Model

from leads.merging.relations import Relation
from leads.models import Merge, MergedRow

NOTE = """
INSERT INTO leads_mergedrow (id, tenant_id, merge_id, model, "row", "column", image)
SELECT gen_random_uuid(), %(tenant)s, %(merge)s, %(model)s, {key}::text, %(field)s, {image}
FROM {rows}
"""
MOVE = """
WITH moved AS (
    UPDATE {table} r SET "{column}" = %(kept)s WHERE r."{column}" = %(gone)s AND NOT ({clash})
    RETURNING r.*
)
"""
PUT_BY = """
WITH left_out AS (DELETE FROM {table} r WHERE r."{column}" = %(gone)s AND ({clash}) RETURNING r.*)
"""
FORGET = 'DELETE FROM {table} WHERE "{column}" = %(gone)s'
BACK = """
UPDATE {table} r SET "{column}" = %(gone)s FROM leads_mergedrow m
WHERE m.merge_id = %(merge)s AND m.model = %(model)s AND m."column" = %(field)s
AND m.image IS NULL AND r."{key}" = m."row"::{type} AND r."{column}" = %(kept)s
"""
# What was added to the table since has its default; what an image names and is there no longer is
# left empty, and a row that can't be without it stays away.
REVIVE = """
INSERT INTO {table} ({columns}) SELECT {values}
FROM ({images}) AS m, jsonb_populate_record(
    NULL::{table}, %(defaults)s::jsonb || m.image || %(instead)s::jsonb) AS r
WHERE {whole} ON CONFLICT DO NOTHING RETURNING {key}::text
"""
PUT_BY_IMAGES = """
SELECT image FROM leads_mergedrow WHERE merge_id = %(merge)s AND model = %(model)s
AND "column" = %(field)s AND image IS NOT NULL
"""
OF_GONE = "SELECT gone_was AS image FROM leads_merge WHERE id = %(merge)s"
IMAGE = "SELECT to_jsonb(r) FROM {table} r WHERE id = %(id)s"
SET = """
UPDATE {table} t SET {pairs} FROM jsonb_populate_record(NULL::{table}, %(values)s::jsonb) AS r
WHERE t.id = %(id)s AND {whole}
"""


def _execute(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def _names(relation: Relation, merge: Merge) -> dict[str, Any]:
    return {
        "tenant": merge.tenant_id,
        "merge": merge.pk,
        "model": relation.label,
        "field": relation.field,
        "kept": merge.kept,
        "gone": merge.gone,
    }


def image(row: Model) -> dict[str, Any]:
    """Give the whole row as it stands in its table."""
    with connection.cursor() as cursor:
        cursor.execute(IMAGE.format(table=row._meta.db_table), {"id": row.pk})
        found: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return found


def move(relation: Relation, merge: Merge) -> int:
    """Give the kept one the rows of the other that it does not have already; say how many."""
    sql = (MOVE + NOTE).format(
        table=relation.table,
        column=relation.column,
        clash=relation.clash or "false",
        key=relation.model._meta.pk.column,
        image="NULL::jsonb",
        rows="moved",
    )
    return _execute(sql, _names(relation, merge))


def put_by(relation: Relation, merge: Merge, *, all_of_them: bool = False) -> int:
    """Keep images of the rows that the kept one has already, or of all, and take them out."""
    sql = (PUT_BY + NOTE).format(
        table=relation.table,
        column=relation.column,
        clash="true" if all_of_them else relation.clash,
        key=relation.model._meta.pk.column,
        image="to_jsonb(left_out)",
        rows="left_out",
    )
    return _execute(sql, _names(relation, merge))


def forget(relation: Relation, merge: Merge) -> None:
    """Take out what will be made anew."""
    sql = FORGET.format(table=relation.table, column=relation.column)
    _execute(sql, _names(relation, merge))


def move_back(relation: Relation, merge: Merge) -> None:
    """Give back the rows that still hang on the kept one."""
    key: Any = relation.model._meta.pk
    sql = BACK.format(
        table=relation.table,
        column=relation.column,
        key=key.column,
        type=key.rel_db_type(connection),
    )
    _execute(sql, _names(relation, merge))


def restore(relation: Relation, merge: Merge) -> None:
    """Bring back the rows of which images were put by."""
    insert(relation.model, PUT_BY_IMAGES, _names(relation, merge))


def revive(model: type[Model], merge: Merge, instead: dict[str, Any]) -> None:
    """Bring back the row that is gone, with some columns otherwise than they were."""
    insert(model, OF_GONE, {"merge": merge.pk}, instead)


def insert(
    model: type[Model], images: str, values: dict[str, Any], instead: dict[str, Any] | None = None
) -> set[str]:
    """Bring back the rows of these images, which are SQL with `values`; give the keys of those.

    What stands in the way of one, or what it can't be without, keeps that one away.
    """
    fields: list[Any] = list(model._meta.concrete_fields)
    sql = REVIVE.format(
        table=model._meta.db_table,
        columns=", ".join(f'"{field.column}"' for field in fields),
        values=", ".join(_value(field) for field in fields),
        images=images,
        whole=_whole(fields),
        key=f'{model._meta.db_table}."{model._meta.pk.column}"',
    )
    defaults = {field.column: field.get_default() for field in fields if field.has_default()}
    given = {"defaults": _json(defaults), "instead": _json(instead or {})}
    with connection.cursor() as cursor:
        cursor.execute(sql, values | given)
        return {key for (key,) in cursor.fetchall()}


def put(row: Model, values: dict[str, Any]) -> None:
    """Set these columns of a row, as an image has them, in so far as what they name is there."""
    if not values:
        return
    fields: list[Any] = [each for each in row._meta.concrete_fields if each.column in values]
    sql = SET.format(
        table=row._meta.db_table,
        pairs=", ".join(f'"{field.column}" = {_value(field)}' for field in fields),
        whole=_whole(fields),
    )
    _execute(sql, {"values": _json(values), "id": row.pk})


def _value(field: Any) -> str:
    """Write what to put into a column: of what a foreign key names, only what is there."""
    if not (isinstance(field, ForeignKey) and field.null):
        return f'r."{field.column}"'
    other: Any = field.related_model
    table, key = other._meta.db_table, other._meta.pk.column
    return f'(SELECT o."{key}" FROM {table} o WHERE o."{key}" = r."{field.column}")'  # noqa: S608


def _whole(fields: list[Any]) -> str:
    needed = [field for field in fields if isinstance(field, ForeignKey) and not field.null]
    there = [
        f"EXISTS (SELECT 1 FROM {field.related_model._meta.db_table} o WHERE "  # noqa: S608
        f'o."{field.related_model._meta.pk.column}" = r."{field.column}")'
        for field in needed
    ]
    return " AND ".join(there) or "true"


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, cls=DjangoJSONEncoder)


def of(merge: Merge, model: type[Model]) -> list[UUID]:
    """Give the ids of the rows of a model that went from the one to the other."""
    rows = MergedRow.of(merge.tenant).filter(merge=merge, model=model._meta.label_lower)
    return [UUID(row) for row in rows.filter(image__isnull=True).values_list("row", flat=True)]
