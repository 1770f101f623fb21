"""The view of a company's leads, in a schema of its own.

A column that a view reads can't be changed: before migrations every view goes, behind them it is
made anew, with whatever its file says by then.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

VIEW = (Path(__file__).parent / "view.sql").read_text()
NAMED = re.compile(r"report_([0-9a-f]{32})")
SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'report%' ORDER BY nspname"
ROLE = "SELECT FROM pg_roles WHERE rolname = %s"


def name(company: UUID) -> str:
    """Give what a company's schema and its reader are called; slugs change, ids stay."""
    return f"report_{company.hex}"


def has_role(cursor: Any, company: UUID) -> bool:
    """Say whether the role is there."""
    cursor.execute(ROLE, [name(company)])
    return cursor.fetchone() is not None


def make(cursor: Any, company: UUID) -> None:
    """Make schema and view anew and let the company's role read it, if there is one."""
    schema = sql.Identifier(name(company))
    cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
    cursor.execute(sql.SQL("DROP VIEW IF EXISTS {}.leads").format(schema))
    cursor.execute(sql.SQL(VIEW).format(schema=schema, company=sql.Literal(company)))
    if has_role(cursor, company):
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {0} TO {0}").format(schema))
        cursor.execute(sql.SQL("GRANT SELECT ON {0}.leads TO {0}").format(schema))


def make_all(using: str = "default", **signal: Any) -> None:
    """Make those of all companies that have one, after a migration to the end."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Of a part of them: columns may be missing.
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for company in _companies(cursor):
            make(cursor, company)


def drop_all(using: str = "default", plan: Sequence[Any] = (), **signal: Any) -> None:
    """Drop all, where there is something to migrate; the schemas stay, and tell whose they were."""
    if not plan:
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for company in _companies(cursor):
            schema = sql.Identifier(name(company))
            cursor.execute(sql.SQL("DROP VIEW IF EXISTS {}.leads").format(schema))


def _companies(cursor: Any) -> list[UUID]:
    cursor.execute(SCHEMAS)
    found = (NAMED.fullmatch(schema) for (schema,) in cursor.fetchall())
    return [UUID(each[1]) for each in found if each]
