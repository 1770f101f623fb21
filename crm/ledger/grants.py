"""What the app's role may do to each table: everything to most, less to the ledger."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

# A table that is divided, and its parts.
# The first PostgreSQL in which another than its owner may gather a table's statistics.
MAINTAINED = 170_000
PARTS = "SELECT relid::regclass::text, level FROM pg_partition_tree(%s::regclass)"


def give(using: str = "default", **signal: Any) -> None:
    """Grant after each migration; without a role of its own for the app there is nothing to do."""
    connection: Any = connections[using]
    if not is_apart(connection):
        return
    to = sql.Identifier(settings.APP_ROLE)
    # At once, so that there is no moment in which the app may do too much.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(to))
        there = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table not in there:
                continue
            for verb in getattr(model, "refused_verbs", ()):
                table = sql.Identifier(model._meta.db_table)
                revoke = sql.SQL("REVOKE {} ON {} FROM {}")
                cursor.execute(revoke.format(sql.SQL(verb), table, to))
            if getattr(model, "app_analyses", False) and connection.pg_version >= MAINTAINED:
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL("GRANT MAINTAIN ON {} TO {}").format(table, to))
            if hasattr(model, "refused_verbs"):
                _close_the_parts(cursor, model._meta.db_table, to)


def is_apart(connection: Any) -> bool:
    """Say whether the app has a role of its own, which is told what it may do."""
    return bool(settings.APP_ROLE) and connection.settings_dict["USER"] != settings.APP_ROLE


def _close_the_parts(cursor: Any, table: str, to: sql.Identifier) -> None:
    """What is refused to the whole is not to be had from a part of it."""
    cursor.execute(PARTS, [table])
    for part, level in cursor.fetchall():
        if level:
            revoke = sql.SQL("REVOKE ALL ON {} FROM {}")
            cursor.execute(revoke.format(sql.Identifier(part), to))
