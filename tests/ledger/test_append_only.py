"""As the app's role, on a connection of its own: nothing takes from the trail what it holds."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import cluster

ENTRY, PAYLOAD = "ledger_auditentry", "ledger_auditpayload"
PARTS = "SELECT relid::regclass::text FROM pg_partition_tree(%s::regclass) WHERE level > 0"


@pytest.fixture
def app() -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.running[0].url("crm_app")) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    """Whatever the schema's owner does here is taken back."""
    with psycopg.connect(cluster.running[0].url("crm_owner")) as connection:
        yield connection
        connection.rollback()


def parts(connection: psycopg.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute(PARTS, [table])]


def refused(connection: psycopg.Connection, statement: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(statement.encode())
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction):
        return True
    return False


@pytest.mark.parametrize("table", [ENTRY, PAYLOAD])
def test_every_part_of_the_trail_is_closed_to_the_app(app: psycopg.Connection, table: str) -> None:
    names = parts(app, table)
    assert len(names) >= 5, "the coming months, and the rest"
    column = "actor = 'x'" if table == ENTRY else "after = '{}'"
    for part in names:
        for statement in (
            f"UPDATE {part} SET {column}",
            f"DELETE FROM {part}",
            f"TRUNCATE {part}",
            f"DROP TABLE {part}",
            f"ALTER TABLE {part} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} DETACH PARTITION {part}",
            f"SELECT * FROM {part}",
        ):
            assert refused(app, statement), statement


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_auditentry SET actor = 'x'",
        "DELETE FROM ledger_auditentry",
        "TRUNCATE ledger_auditentry",
        "DROP TABLE ledger_auditentry",
        "ALTER TABLE ledger_auditentry ADD COLUMN forged text",
        "ALTER TABLE ledger_auditentry OWNER TO crm_app",
        "UPDATE ledger_auditpayload SET after = '{}'",
        "TRUNCATE ledger_auditpayload",
        "ALTER TABLE leads_lead DISABLE TRIGGER audit_changed",
        "DROP TRIGGER audit_changed ON leads_lead",
        "SET session_replication_role = replica",
        "SELECT ledger_tidy(0)",
        "SELECT ledger_tidy(now())",
        "ALTER FUNCTION ledger_tidy() RESET ALL",
        "CREATE OR REPLACE FUNCTION ledger_tidy() RETURNS void LANGUAGE sql AS ''",
        "DROP FUNCTION ledger_tidy()",
        "INSERT INTO ledger_retention VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET months = 1",
        "UPDATE ledger_retention SET months = 1",
        "DELETE FROM ledger_retention",
        "GRANT ALL ON ledger_auditentry TO crm_app",
        "SET ROLE crm_owner",
    ],
)
def test_the_app_is_refused(app: psycopg.Connection, statement: str) -> None:
    if "GRANT" in statement:
        # PostgreSQL warns instead of refusing; what counts is that nothing is gained.
        app.execute(statement.encode())
        assert refused(app, "UPDATE ledger_auditentry SET actor = 'x'")
    else:
        assert refused(app, statement)


def test_the_app_may_ask_for_the_months_to_be_looked_after(app: psycopg.Connection) -> None:
    app.execute("SELECT ledger_tidy()")


def test_an_entry_of_any_time_finds_a_place(app: psycopg.Connection) -> None:
    for moment in ("1999-12-31", "2199-01-01"):
        app.execute(
            "INSERT INTO ledger_auditentry (at, actor, address, via, kind, verb, target_type,"
            " target_id, target, fields) VALUES (%s, '', '', '', '', '', '', '', '', '[]')",
            [moment],
        )


def _of_month(connection: psycopg.Connection, months_ago: int) -> None:
    connection.execute(
        "INSERT INTO ledger_auditentry (at, actor, address, via, kind, verb, target_type,"
        " target_id, target, fields) VALUES (date_trunc('month', now()) + interval '3 days'"
        " - make_interval(months => %s), 'Ada', '', 'page', 'changed', 'moved', 'leads.lead', 'x',"
        " 'Quay Smiles', '[]')",
        [months_ago],
    )


def test_what_came_without_a_month_of_its_own_is_moved_into_one(
    owner: psycopg.Connection,
) -> None:
    _of_month(owner, 5)
    known = parts(owner, ENTRY)
    owner.execute("SELECT ledger_tidy()")
    (new,) = set(parts(owner, ENTRY)) - set(known)
    [(held,)] = owner.execute(f"SELECT count(*) FROM {new}".encode())
    assert held == 1
    [(may,)] = owner.execute(
        "SELECT has_table_privilege('crm_app', %s, 'SELECT, INSERT, UPDATE, DELETE')", [new]
    )
    assert not may


def test_months_beyond_retention_are_dropped_and_that_is_written_down(
    owner: psycopg.Connection,
) -> None:
    owner.execute("UPDATE ledger_retention SET months = 0")
    for ago in (4, 3, 2):
        _of_month(owner, ago)
    owner.execute("SELECT ledger_tidy()")
    all_of_them = len(parts(owner, ENTRY))
    owner.execute(
        "INSERT INTO ledger_retention VALUES (1, 3) ON CONFLICT (id) DO UPDATE SET months = 3"
    )
    owner.execute("SELECT ledger_tidy()")
    assert all_of_them - len(parts(owner, ENTRY)) == 1
    assert len(parts(owner, ENTRY)) == len(parts(owner, PAYLOAD))
    told = owner.execute("SELECT target, via FROM ledger_auditentry WHERE verb = 'deleted'")
    (target, via) = told.fetchall()[-1]
    assert target.startswith("1 entry of the audit trail of ")
    assert target.endswith(", which is kept for 3 months")
    assert via == "worker"


def test_for_ever_drops_nothing(owner: psycopg.Connection) -> None:
    owner.execute("UPDATE ledger_retention SET months = 0")
    _of_month(owner, 100)
    owner.execute("SELECT ledger_tidy()")
    [(kept,)] = owner.execute("SELECT count(*) FROM ledger_auditentry WHERE target_id = 'x'")
    assert kept == 1
