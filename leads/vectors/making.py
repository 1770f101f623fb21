"""Makes room for vectors where the server has pgvector; everywhere else all the rest works.

It is tried after every `migrate`, so that a server that gets the extension later has them then.
"""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from psycopg import sql

from crm.ledger import grants

logger = logging.getLogger(__name__)
ROOM = Path(__file__).parent / "sql" / "room.sql"
# The first with half vectors.
LEAST_VERSION = (0, 7)
INSTALLED = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
OFFERED = "SELECT FROM pg_available_extensions WHERE name = 'vector'"
THERE = "SELECT to_regclass('vectors_embedding')"
MAY = "GRANT EXECUTE ON FUNCTION vectors_index(uuid, text, integer), vectors_index_drop(uuid, text)"
MAY_ALL = "GRANT SELECT, INSERT, UPDATE, DELETE ON vectors_vector"


def make(using: str = "default", **signal: Any) -> None:
    """Make the extension and the table as far as this server and this role allow."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(THERE)
        if cursor.fetchone() == (None,) or not _has_extension(using):
            return
        with transaction.atomic(using=using):
            cursor.execute(ROOM.read_text())
            if grants.is_apart(connection):
                to = sql.Identifier(settings.APP_ROLE)
                for each in (MAY, MAY_ALL):
                    cursor.execute(sql.SQL(each + " TO {}").format(to))


def _has_extension(using: str) -> bool:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        version = cursor.fetchone()
        if version is None:
            cursor.execute(OFFERED)
            if cursor.fetchone() is None:
                return False
            try:
                with transaction.atomic(using=using):
                    cursor.execute("CREATE EXTENSION vector")
            except DatabaseError as error:
                why = str(error).partition("\n")[0]
                logger.warning("Leads are not compared: pgvector is there, but %s", why)
                return False
            cursor.execute(INSTALLED)
            version = cursor.fetchone()
    return tuple(int(each) for each in str(version[0]).split(".")[:2]) >= LEAST_VERSION
