"""Images of deleted leads and of the rows that went along: a statement for all of a table."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CASCADE
from django.utils import timezone

from crm.work.models import State
from leads.changes import batches
from leads.merging import relations, rows
from leads.merging.refused import UnknownRelation
from leads.merging.relations import Relation
from leads.models import Batch, Lead, RemovedRow

LEAD = Lead._meta.label_lower
NOTE = """
INSERT INTO leads_removedrow (id, tenant_id, batch_id, lead, model, "row", "column", image)
SELECT gen_random_uuid(), %(tenant)s, %(batch)s, lead, %(model)s, key::text, %(field)s, image
FROM gone
"""
TAKE = """
WITH gone AS (
    DELETE FROM {table} r WHERE r."{column}" = ANY (%(leads)s)
    RETURNING r."{column}" AS lead, r."{key}" AS key, to_jsonb(r) AS image
)
"""
# What outlives the lead no longer names it.
FREE = """
WITH gone AS (
    UPDATE {table} r SET "{column}" = NULL FROM {table} was
    WHERE was."{key}" = r."{key}" AND was."{column}" = ANY (%(leads)s)
    RETURNING was."{column}" AS lead, r."{key}" AS key, NULL::jsonb AS image
)
"""
NAME_AGAIN = """
UPDATE {table} r SET "{column}" = m.lead FROM leads_removedrow m
WHERE m.batch_id = %(batch)s AND m.model = %(model)s AND m."column" = %(field)s
AND m.lead = ANY (%(leads)s) AND r."{key}" = m."row"::{type} AND r."{column}" IS NULL
"""
OF_ROWS = """
SELECT image FROM leads_removedrow WHERE batch_id = %(batch)s AND model = %(model)s
AND "column" = %(field)s AND lead = ANY (%(leads)s)
"""
COUNT = "SELECT count(*) FROM ({}) AS images"
GIVEN = "SELECT value AS image FROM jsonb_array_elements(%(images)s::jsonb)"
# Not while they are being deleted or brought back, nor while an undo that died may be queued again.
FORGET = """
WITH late AS (
    SELECT r.id FROM leads_removedrow r JOIN leads_batch b ON b.id = r.batch_id
    WHERE coalesce(b.ended_at, b.at) < %(before)s AND NOT EXISTS (
        SELECT 1 FROM leads_bulk w
        WHERE ((w.batch_id = b.id OR w.undoes_id = b.id) AND w.state <> ALL (%(over)s))
        OR (w.undoes_id = b.id AND w.state = %(dead)s AND w.due_at > %(given_up_after)s)
    )
    LIMIT %(most)s
)
DELETE FROM leads_removedrow r USING late WHERE r.id = late.id
"""
AT_ONCE = 10_000
# An undo that began within its minutes may still be at it, and is seen only once it has committed.
MARGIN = timedelta(minutes=5)
# Within a day somebody looks at what failed.
QUEUED_AGAIN_FOR = timedelta(days=1)


def along() -> list[Relation]:
    """Give what hangs on a lead, or refuse if there is something that nobody thought of."""
    known = relations.of(Lead)
    for each in known:
        for label, field in relations.found(each.model) if _goes(each) else ():
            raise UnknownRelation(
                f"Nothing says what becomes of {label}.{field} when a lead is deleted, so nothing "
                "was. Tell whoever looks after this installation."
            )
    return [each for each in known if not each.is_made_by_database]


def _goes(relation: Relation) -> bool:
    return relation.foreign_key.remote_field.on_delete is CASCADE


def take(leads: Sequence[UUID], batch: Batch) -> None:
    """Delete the leads, which are held, with what hangs on them, and keep how all of it was."""
    for each in along():
        _run((TAKE if _goes(each) else FREE) + NOTE, each, leads, batch)
    sql = (TAKE + NOTE).format(table=Lead._meta.db_table, column="id", key="id")
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(LEAD, "", leads, batch))


def give_back(relation: Relation, leads: Sequence[UUID], batch: Batch) -> int:
    """Bring back a table's rows of leads that are there again; count those that stay away."""
    if not _goes(relation):
        _run(NAME_AGAIN, relation, leads, batch)
        return 0
    values = _values(relation.label, relation.field, leads, batch)
    back = rows.insert(relation.model, OF_ROWS, values)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(OF_ROWS), values)
        (many,) = cursor.fetchone() or (0,)
    return int(many) - len(back)


def _run(sql: str, relation: Relation, leads: Sequence[UUID], batch: Batch) -> None:
    key: Any = relation.model._meta.pk
    statement = sql.format(
        table=relation.table,
        column=relation.column,
        key=key.column,
        type=key.rel_db_type(connection),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(relation.label, relation.field, leads, batch))


def _values(model: str, field: str, leads: Sequence[UUID], batch: Batch) -> dict[str, Any]:
    return {
        "tenant": batch.tenant_id,
        "batch": batch.pk,
        "model": model,
        "field": field,
        "leads": list(leads),
    }


def forget(leads: Sequence[UUID], batch: Batch) -> None:
    """Throw away the images of these leads, which are there again."""
    RemovedRow.of(batch.tenant).filter(batch=batch, lead__in=leads).delete()


def forget_old() -> int:
    """Throw away what can't come back any more, of all companies; give how many rows that was."""
    now = timezone.now()
    values: dict[str, Any] = {
        "before": now - batches.UNDO_FOR - MARGIN,
        "over": [State.DONE, State.DEAD],
        "dead": State.DEAD,
        "given_up_after": now - QUEUED_AGAIN_FOR,
        "most": AT_ONCE,
    }
    gone = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(FORGET, values)
            many = int(cursor.rowcount)
        gone += many
        if many < AT_ONCE:
            return gone
