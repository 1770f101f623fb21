"""Who reads a company's leads from outside: a role of the database that sees one view.

What keeps it in its place are its rights. The limits of its sessions keep a dashboard from doing
harm by mistake; whoever has the password may lift them.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import errors, sql

from crm.postgres.cluster import Cluster
from leads.reporting import view

MOST_CONNECTIONS = 5
LIMITS = {
    "default_transaction_read_only": "on",
    "statement_timeout": "60s",
    # Whoever reads within an open transaction keeps migrations waiting.
    "idle_in_transaction_session_timeout": "60s",
}
NOT_MINE = (errors.InsufficientPrivilege, errors.DependentObjectsStillExist)


class NotAllowed(Exception):
    """The owner may not do this on this server; `statements` are for somebody who may."""

    def __init__(self, why: str, statements: list[str]) -> None:
        super().__init__(why)
        self.statements = statements


@dataclass(frozen=True)
class Access:
    """`refused` is why the password, which holds once `statements` were run, is not in force."""

    role: str
    password: str
    refused: str = ""
    statements: tuple[str, ...] = ()


def give(company: UUID) -> Access:
    """Have view and role, with a new password; as the schema's owner.

    Raises `NotAllowed` where the owner may make no schema. Where it may make no role, the view is
    there, and the rest follows from the statements; run once more, it lets the role in.
    """
    role, password = view.name(company), secrets.token_urlsafe(24)
    refused, statements = "", _role(role, password, is_there=_is_there(company))
    try:
        _run(statements)
    except NotAllowed as why:
        refused = str(why)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            view.make(cursor, company)
    except DatabaseError as error:
        grant = sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(
            *(sql.Identifier(connection.settings_dict[each]) for each in ("NAME", "USER"))
        )
        raise _refusal(error, [grant]) from error
    return Access(role, password, refused, tuple(_shown(statements)) if refused else ())


def take(company: UUID) -> None:
    """Drop view, schema and role; `NotAllowed` where the role stays, which then reads nothing."""
    role = sql.Identifier(view.name(company))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(role))
    if _is_there(company):
        # Of what it may have made for itself: whoever can sign in may make temporary tables.
        owned, drop = (sql.SQL(each).format(role) for each in ("DROP OWNED BY {}", "DROP ROLE {}"))
        _run([drop], instead=[owned, drop])


def is_given(company: UUID) -> bool:
    """Say whether the role is there and may read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(rolname, c.oid, 'SELECT') FROM pg_roles, pg_class AS c "
            "JOIN pg_namespace AS n ON n.oid = c.relnamespace "
            "WHERE rolname = %s AND nspname = rolname AND relname = 'leads'",
            [view.name(company)],
        )
        return cursor.fetchone() == (True,)


def _is_there(company: UUID) -> bool:
    with connection.cursor() as cursor:
        return view.has_role(cursor, company)


def _role(name: str, password: str, *, is_there: bool) -> list[sql.Composed]:
    """Write what makes or renews it; of the password only the digest goes to the server's log."""
    role = sql.Identifier(name)
    connection.ensure_connection()
    digest = connection.connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    made = [] if is_there else [sql.SQL("CREATE ROLE {}").format(role)]
    made.append(
        sql.SQL("ALTER ROLE {} LOGIN CONNECTION LIMIT {} PASSWORD {}").format(
            role, sql.Literal(MOST_CONNECTIONS), sql.Literal(digest.decode())
        )
    )
    made.append(sql.SQL("ALTER ROLE {0} SET search_path = {0}").format(role))
    for limit, value in LIMITS.items():
        made.append(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.SQL(limit), sql.Literal(value))
        )
    return made


def _run(statements: list[sql.Composed], instead: list[sql.Composed] | None = None) -> None:
    """Run them all or none; where they are refused, `instead` is what somebody else should run."""
    try:
        with _maker_of_roles() as cursor:
            for each in statements:
                cursor.execute(each)
    except DatabaseError as error:
        raise _refusal(error, instead or statements) from error


@contextmanager
def _maker_of_roles() -> Iterator[Any]:
    """Act as whoever may make roles: the owner, and in a server of our own its superuser."""
    if settings.EMBEDDED:
        url = Cluster(settings.DATA_DIR).url("postgres")
        with psycopg.connect(url) as superuser, superuser.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def _refusal(error: DatabaseError, statements: list[sql.Composed]) -> Exception:
    """Tell what the owner may not do from what went wrong."""
    if not isinstance(error.__cause__, NOT_MINE):
        return error
    return NotAllowed(str(error).partition("\n")[0], _shown(statements))


def _shown(statements: list[sql.Composed]) -> list[str]:
    return [f"{each.as_string(connection.connection)};" for each in statements]
