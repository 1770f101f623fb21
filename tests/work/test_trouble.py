"""The database has no room left: no row is to blame, and all goes on when there is room again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from campaigns import criteria, kinds, launching, standing
from campaigns.models import Run, SourceRun
from crm.ids import uuid7
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work import trouble
from crm.work.drain import drain
from crm.work.lease import Lease
from crm.work.models import Heartbeat, State
from tests import cluster
from tests.people import Cast
from tests.work import tables
from tests.work.conftest import Steps, becomes_due

pytestmark = pytest.mark.usefixtures("committed_db")
NO_ROOM = """
RAISE EXCEPTION USING ERRCODE = '{code}',
    MESSAGE = 'could not extend file "base/5/16384": No space left on device'
"""


def raised(code: str) -> None:
    """Have PostgreSQL raise an error of this code."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN {NO_ROOM.format(code=code)}; END $$")


@contextmanager
def no_room_for(table: str) -> Iterator[None]:
    """The server refuses every new row of the table, as on a disk that is full."""
    with psycopg.connect(cluster.running[0].url("postgres"), autocommit=True) as superuser:
        superuser.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {NO_ROOM.format(code='53100')}; END $$".encode()
        )
        superuser.execute(
            f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()".encode()
        )
        try:
            yield
        finally:
            superuser.execute("DROP FUNCTION no_room() CASCADE")


@pytest.mark.parametrize("code", ["53100", "53300"])
def test_a_row_waits_without_an_attempt_counted(steps: Steps, code: str) -> None:
    (step,) = steps(1, attempts=4)

    def is_refused(row: Any, lease: Lease) -> None:
        with transaction.atomic():
            raised(code)

    tables.behaviour.append(is_refused)
    for _ in range(7):
        becomes_due(step)
        drain(20)
    step.refresh_from_db()
    assert (step.state, step.attempts, step.crashes) == (State.READY, 4, 0)
    assert "No space left on device" in step.last_error
    assert step.due_at > timezone.now()

    tables.behaviour.clear()
    becomes_due(step)
    drain(20)
    step.refresh_from_db()
    assert step.state == State.DONE


def test_another_error_of_the_database_is_the_rows_own(steps: Steps) -> None:
    (step,) = steps(1)
    tables.behaviour.append(lambda row, lease: raised("22003"))
    drain(20)
    step.refresh_from_db()
    assert (step.state, step.attempts) == (State.READY, 1)


def test_it_is_recognised_below_what_was_made_of_it() -> None:
    def fails() -> None:
        try:
            with transaction.atomic():
                raised("53100")
        except Exception as error:
            raise RuntimeError("Could not write the finding.") from error

    with pytest.raises(RuntimeError) as failed:
        fails()
    assert trouble.is_of_the_database(failed.value)
    assert not trouble.is_of_the_database(RuntimeError("No space left on device"))


@pytest.mark.usefixtures("bundled")
def test_a_run_waits_for_room_and_goes_on(cast: Cast, settings: Any) -> None:
    settings.WORK_TABLES = ["campaigns.walk.TABLE"]
    named.cache_clear()
    with acting_for(cast.tenant):
        wanted = criteria.check(
            kinds.get("healthcare"), postcode="LE1 1AA", miles=15, max_results=30
        )
        launching.launch(wanted, tenant=cast.tenant, by=cast.ben, token=uuid7())
    rows = SourceRun.of(cast.tenant)
    with no_room_for("leads_lead"):
        for _ in range(7):
            rows.update(due_at=timezone.now())
            drain(20)
    row = rows.get()
    assert (row.state, row.attempts, row.created) == (State.READY, 0, 0)
    assert row.run.state == Run.State.WAITING
    Heartbeat.objects.create(name="worker:one", at=timezone.now(), host="here", pid=1)
    stands = standing.read(row.run)
    assert stands is not None
    assert stands.by_itself
    assert stands.reason.startswith("The database takes nothing in (could not extend file")

    rows.update(due_at=timezone.now())
    drain(20)
    row.refresh_from_db()
    run = Run.of(cast.tenant).get()
    assert (row.state, row.created, run.state) == (State.DONE, 30, Run.State.COMPLETED)
