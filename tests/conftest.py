"""What every test can ask for."""

import gc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import override_settings

from crm.upward import named
from tests import cluster
from tests.people import cast
from tests.simulators import Running, running, validation

__all__ = ["cast"]

KEPT = ("django_migrations", "django_content_type", "auth_permission", "ledger_retention")
KEPT_ROOMS = ("places_", "registers_")
# What the migration says that things cost.
KEPT += tuple(f"credits_{each}" for each in ("price", "rate", "exchange", "vendorprice"))
# What the bundled registers tell of is nothing: they come once.
TOLD = "registers_change"
# Partitions are emptied with their table.
TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
AND relkind IN ('r', 'p') AND NOT relispartition
"""
# A minute of theirs is an eighth of a second.
VENDORS_SPEED = 500.0
# As in the product's web processes.
GARBAGE_SELDOM = (20_000, 10, 10)
AS_A_REPLICA = "SET session_replication_role = replica"
# A function plans its statements once; sent one by one, to plan them takes longer than they do.
EMPTIES = """
CREATE FUNCTION pg_temp.emptying() RETURNS void LANGUAGE plpgsql AS $$ BEGIN %s; END $$
"""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any("VENDOR_SPECS" in str(each.longrepr) for each in skipped):
        terminalreporter.write_line(
            "Vendors’ OpenAPI documents: nothing was held against them, since VENDOR_SPECS names no"
            " folder that holds them.",
            yellow=True,
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """What one test's settings named is not the next one's: its own settings are back by then."""
    yield
    named.cache_clear()


def pytest_collection_finish() -> None:
    """What was imported stays: nobody has to go through it again and again to look for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_SELDOM)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to create: `tests.cluster` made the database, and tests run in it as the app."""


@pytest.fixture
def committed_db(
    django_db_setup: None, django_db_blocker: Any, empty: Callable[[], None]
) -> Iterator[None]:
    """The database for tests that commit, for other connections and processes to see.

    Afterwards every table is empty again, except what migrations put there, places and registers.
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
    """The bundled places and registers; they came with the database (see `tests.moulds`)."""


@pytest.fixture(scope="session")
def simulators() -> Iterator[Running]:
    """All vendors, simulated: making their world takes seconds, so all tests share it."""
    with running(speed=VENDORS_SPEED) as found:
        for each in found.all.values():
            each.warm()
        yield found


@pytest.fixture
def vendors(
    simulators: Running, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    """The simulated vendors, whom nobody has called yet and nothing ails; the product asks them.

    By whose keys, each test says.
    """
    for name, value in simulators.env.items():
        if name.endswith("_URL") or name == "HTTP_NAMES":
            setattr(settings, name, value)
    settings.VENDOR_CLOCK = VENDORS_SPEED
    # Other tests may keep this machine busy.
    monkeypatch.setattr("crm.outside.asking.LEAST", 30.0)
    for each in simulators.all.values():
        each.faults.clear()
        each.forget()
    yield simulators
    for each in simulators.all.values():
        each.faults.clear()


@pytest.fixture(scope="session")
def as_documented() -> Callable[[str, Iterable[dict[str, Any]]], None]:
    """Holds calls against the vendor's own document.

    Where that is not at hand the test is skipped from there on: this stands at its end.
    """

    def hold(vendor: str, calls: Iterable[dict[str, Any]]) -> None:
        document = validation.contract(vendor)
        if document is None:
            pytest.skip("VENDOR_SPECS names no folder of the vendors’ documents.")
        wrong = [document.problems(call) for call in calls]
        assert wrong
        assert not any(wrong), wrong

    return hold


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """A hash that is slow on purpose would take minutes; what tests start keeps the true one."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def empty() -> Iterator[Callable[[], None]]:
    """Removes every row that a test can have committed; hundreds of them wait for it."""
    url = cluster.running[0].url("postgres")
    with psycopg.connect(url, autocommit=True) as superuser:
        tables = [table for (table,) in superuser.execute(TABLES).fetchall()]
        emptied = [
            f'DELETE FROM "{table}"'
            for table in tables
            if table not in KEPT and (table == TOLD or not table.startswith(KEPT_ROOMS))
        ]
        # Neither foreign keys nor append-only triggers stand in the way of this session.
        superuser.execute(AS_A_REPLICA.encode())
        superuser.execute((EMPTIES % "; ".join(emptied)).encode())

        def emptying() -> None:
            superuser.execute("SELECT pg_temp.emptying()")

        yield emptying
