"""What the app's role may do to each table: everything to most, less to the ledger."""

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
            table = sql.Identifier(model._meta.db_table)
            for verb in getattr(model, "refused_verbs", ()):
                revoke = sql.SQL("REVOKE {} ON {} FROM {}")
                cursor.execute(revoke.format(sql.SQL(verb), table, to))
