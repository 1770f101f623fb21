"""Who may do what in a new cluster."""

from typing import Any

import psycopg
import pytest

from crm.postgres.roles import EXTENSIONS
from tests import cluster


def ask(role: str, statement: str, database: str = "crm") -> Any:
    with psycopg.connect(cluster.running[0].url(role, database)) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_neither_role_is_above_the_rules() -> None:
    flags = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin"
    for role in ("crm_owner", "crm_app"):
        found = ask("postgres", f"SELECT {flags} FROM pg_roles WHERE rolname = '{role}'")
        assert found == [(False, False, False, False, True)]


def test_the_owner_owns_the_database() -> None:
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'crm'"
    assert ask("crm_app", owner) == [("crm_owner",)]


def test_the_app_cannot_change_the_schema() -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask("crm_app", "CREATE TABLE mine (id int)")


@pytest.mark.parametrize("database", ["crm", "template1"])
def test_the_extensions_are_there(database: str) -> None:
    found = {name for (name,) in ask("postgres", "SELECT extname FROM pg_extension", database)}
    assert found >= set(EXTENSIONS)


def test_nobody_reaches_it_over_the_network_or_through_the_folder() -> None:
    assert ask("crm_app", "SHOW listen_addresses") == [("",)]
    assert cluster.running[0].socket_folder.stat().st_mode & 0o777 == 0o700


def test_names_sort_and_fold_in_unicode() -> None:
    assert ask("crm_app", "SELECT lower('ÉCOLE'), unaccent('école')") == [("école", "ecole")]
