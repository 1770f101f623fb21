"""What every test can ask for."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests import cluster
from tests.people import cast

__all__ = ["cast"]

KEPT = ("django_migrations", "django_content_type", "auth_permission", "ledger_retention")
KEPT_ROOMS = ("places_", "registers_")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to create: `tests.cluster` made the database, and tests run in it as the app."""


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for tests that commit, for other connections and processes to see.

    Afterwards every table is empty again, except what migrations and `bundled` put there.
    """
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    empty()


@pytest.fixture
def transactional_db(committed_db: None) -> None:
    """pytest-django's `live_server` asks for it; its own would flush as the schema's owner."""


@pytest.fixture(scope="session")
def bundled(django_db_setup: None) -> None:
    """The bundled places and registers, loaded once for the session."""
    cluster.manage("load_places")
    cluster.manage("load_registers")


def empty() -> None:
    """Remove every row that a test can have committed."""
    with psycopg.connect(cluster.running[0].url("postgres")) as superuser:
        # Neither foreign keys nor append-only triggers stand in the way of this session.
        superuser.execute("SET session_replication_role = replica")
        tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            if table not in KEPT and not table.startswith(KEPT_ROOMS):
                superuser.execute(f'DELETE FROM "{table}"'.encode())
