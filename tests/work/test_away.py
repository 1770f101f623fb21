"""The database goes away in the middle of a row: whoever is next takes it up once it is back."""

import time
from collections.abc import Iterator
from threading import Lock, Timer
from typing import Any

import psycopg
import pytest
from django.db import connection

from crm.work.drain import drain
from crm.work.lease import LEASE_SECONDS, Lease
from crm.work.models import State
from tests import cluster
from tests.work import tables
from tests.work.conftest import Steps, use

pytestmark = pytest.mark.usefixtures("committed_db")
SECONDS_AWAY = 1.0


def as_superuser(*statements: str) -> None:
    with psycopg.connect(cluster.running[0].url("postgres"), autocommit=True) as superuser:
        for statement in statements:
            superuser.execute(statement.encode())


@pytest.fixture
def goes_away() -> Iterator[Any]:
    """What work does when the server throws everybody out and lets nobody in for a second."""
    back = Timer(SECONDS_AWAY, as_superuser, ["ALTER ROLE crm_app LOGIN"])
    # Rows may be worked on side by side.
    is_first = Lock()

    def once(row: Any, lease: Lease) -> None:
        if is_first.acquire(blocking=False):
            back.start()
            as_superuser(
                "ALTER ROLE crm_app NOLOGIN",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'crm_app'",
            )
            connection.ensure_connection()

    yield once
    back.join()
    as_superuser("ALTER ROLE crm_app LOGIN")


@pytest.mark.parametrize("table", ["STEPS", "STEPS_SIDE_BY_SIDE"])
def test_what_was_in_hand_is_done_once_it_is_back(
    steps: Steps, settings: Any, goes_away: Any, table: str
) -> None:
    use(settings, table)
    made = steps(4)
    tables.behaviour.append(goes_away)
    began = time.monotonic()
    assert drain(20) is False
    assert SECONDS_AWAY < time.monotonic() - began < LEASE_SECONDS / 2
    for step in made:
        step.refresh_from_db()
        assert (step.state, step.attempts, step.crashes) == (State.DONE, 0, 0)
