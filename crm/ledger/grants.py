"""What the app's role may do to each table: everything to most, only add and read to the ledger."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql


def give(using: str = "default", **signal: Any) -> None:
    """Grant after each migration; without a role of its own for the app there is nothing to do."""
    connection = connections[using]
    role = settings.APP_ROLE
    if connection.settings_dict["USER"] == role:
        return
    to = sql.Identifier(role)
    with connection.cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            cursor.execute(sql.SQL(statement).format(to))
        for model in apps.get_models():
            if getattr(model, "append_only", False):
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(table, to))
