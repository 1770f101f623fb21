"""A company's reader outside, as Superset and Grafana are: somebody who has an address alone."""

import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests import cluster

OURS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'report\\_%'"
ROLES = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'report\\_%'"
ADDRESS = re.compile(r"postgresql://\S+")

OWNER = "crm_owner"

Reading = Callable[[str], psycopg.Connection[Any]]


def report_access(company: str, *words: str) -> str:
    """Run the command as `manage.py` does, in the role of the schema's owner; give what it says."""
    said, role = StringIO(), connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = OWNER
    try:
        call_command("report_access", "--company", company, *words, stdout=said)
    finally:
        connection.close()
        connection.settings_dict["USER"] = role
    return said.getvalue()


@pytest.fixture
def superuser(committed_db: None) -> Iterator[psycopg.Connection[Any]]:
    """Whoever looks after the server; afterwards no report is left in it."""
    url = cluster.running[0].url("postgres")
    with psycopg.connect(url, autocommit=True) as found:
        yield found
        found.execute("ALTER ROLE crm_owner NOCREATEROLE")
        for (schema,) in found.execute(OURS).fetchall():
            found.execute(f"DROP SCHEMA {schema} CASCADE".encode())
        for (role,) in found.execute(ROLES).fetchall():
            found.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


@pytest.fixture
def owner_makes_roles(superuser: psycopg.Connection[Any]) -> None:
    """A server on which the owner may make roles."""
    superuser.execute("ALTER ROLE crm_owner CREATEROLE")


@pytest.fixture
def reads() -> Iterator[Reading]:
    """Connect by the address in what the command said."""
    opened: list[psycopg.Connection[Any]] = []

    def read(said: str) -> psycopg.Connection[Any]:
        found = ADDRESS.search(said)
        assert found, said
        opened.append(psycopg.connect(found[0], autocommit=True))
        return opened[-1]

    yield read
    for each in opened:
        each.close()
