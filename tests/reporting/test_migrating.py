"""Columns can be changed by migrations although a view reads them."""

import psycopg
import pytest
from psycopg import errors

from tests import cluster
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast
from tests.reporting.conftest import Reading

pytestmark = pytest.mark.usefixtures("committed_db", "owner_makes_roles")
CHANGE = "ALTER TABLE leads_lead ALTER COLUMN tier TYPE text"


def migrate(*words: str) -> None:
    cluster.manage("migrate", *words, "--fake", "--verbosity=0")


def test_the_view_makes_room_for_migrations_and_comes_back(cast: Cast, reads: Reading) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    reader = reads(cluster.manage("report_access", "--company", "acme"))
    with psycopg.connect(cluster.running[0].url("crm_owner"), autocommit=True) as owner:
        with pytest.raises(errors.FeatureNotSupported):
            owner.execute(CHANGE)
        try:
            # Half-way, as where a migration has failed.
            migrate("campaigns", "zero")
            with pytest.raises(errors.UndefinedTable):
                reader.execute("SELECT * FROM leads")
            owner.execute(f"BEGIN; {CHANGE}; ROLLBACK".encode())
        finally:
            migrate()
    assert reader.execute("SELECT count(*) FROM leads").fetchone() == (1,)


def test_what_its_file_says_otherwise_is_there_after_the_next_migrate(
    cast: Cast, reads: Reading, superuser: psycopg.Connection[tuple[object, ...]]
) -> None:
    reader = reads(cluster.manage("report_access", "--company", "acme"))
    [(schema,)] = reader.execute("SELECT current_schema()").fetchall()
    superuser.execute(f"DROP VIEW {schema}.leads".encode())
    cluster.manage("migrate", "--verbosity=0")
    assert reader.execute("SELECT count(*) FROM leads").fetchone() == (0,)


def test_a_role_that_somebody_has_dropped_stops_no_migration(
    cast: Cast, superuser: psycopg.Connection[tuple[object, ...]]
) -> None:
    cluster.manage("report_access", "--company", "acme")
    [(role,)] = superuser.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^report_'")
    superuser.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())
    cluster.manage("migrate", "--verbosity=0")
    [(there,)] = superuser.execute(f"SELECT to_regclass('{role}.leads') IS NOT NULL".encode())
    assert there
