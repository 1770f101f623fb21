"""What the schema's owner sets up beside the tables: functions, triggers and the retention.

It follows from the code and the settings, so it is done after every `migrate`, and `prepare` asks
for one when it is out of date. The comment on a table remembers what was done.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from crm.ledger import grants, months, tracing
from crm.ledger.models import Retention

FOLDER = Path(__file__).parent / "sql"
REMEMBERED = "SELECT obj_description('ledger_retention'::regclass)"
MAY_TIDY = "GRANT EXECUTE ON FUNCTION ledger_tidy() TO {}"


def is_done() -> bool:
    """Say whether the database stands as this code and these settings want it."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBERED)
        if cursor.fetchone() != (_mark(),):
            return False
    kept = Retention.objects.values_list("months", flat=True).first()
    return kept == settings.AUDIT_KEEP_MONTHS if settings.AUDIT_KEEP_MONTHS_SAID else True


def settle(using: str = "default", **signal: Any) -> None:
    """Do it after a migration, as the owner; quick when nothing has changed."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Of a part of them: columns are missing that the triggers watch.
        return
    with connection.cursor() as cursor:
        cursor.execute(REMEMBERED)
        if cursor.fetchone() != (_mark(),):
            with transaction.atomic(using=using):
                for statement in _statements():
                    cursor.execute(statement)
                comment = sql.SQL("COMMENT ON TABLE ledger_retention IS {}")
                cursor.execute(comment.format(sql.Literal(_mark())))
        if grants.is_apart(connection):
            cursor.execute(sql.SQL(MAY_TIDY).format(sql.Identifier(settings.APP_ROLE)))
    _keep(using)
    months.tidy(using)


def _keep(using: str) -> None:
    """Write down for how long entries are kept; a machine that was not told changes nothing."""
    rows = Retention.objects.using(using)
    given = {"months": settings.AUDIT_KEEP_MONTHS}
    if settings.AUDIT_KEEP_MONTHS_SAID:
        rows.update_or_create(id=1, defaults=given)
    else:
        rows.get_or_create(id=1, defaults=given)


def _statements() -> Iterator[str]:
    for name in ("tell", "tidy"):
        yield (FOLDER / f"{name}.sql").read_text()
    for model, audited in tracing.traced():
        yield tracing.statement(model, audited)


def _mark() -> str:
    return sha256("\n".join(_statements()).encode()).hexdigest()
