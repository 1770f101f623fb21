"""What was done is counted minute by minute, and no count is ever lost."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Sum

from crm.work import tally
from crm.work.drain import drain
from crm.work.lease import claim
from crm.work.models import Tally
from leads.models import FlowStep
from tests.work import tables
from tests.work.conftest import Steps, becomes_due, holder_dies

pytestmark = pytest.mark.usefixtures("committed_db")
LABEL = tables.STEPS.label


def totals(name: str = LABEL) -> dict[str, int]:
    """Sum up over all minutes."""
    columns = ("done", "failed", "interrupted", "busy_ms")
    return Tally.objects.filter(name=name).aggregate(**{each: Sum(each) for each in columns})


def test_a_drain_counts_what_it_did_what_failed_and_what_it_took_over(steps: Steps) -> None:
    taken_over, *_ = steps(5)
    assert claim(FlowStep, 1) is not None
    holder_dies(taken_over)
    (failing,) = steps(1)

    def fails_once(row: object, lease: object) -> None:
        if row == failing and not FlowStep.across_tenants.get(pk=failing.pk).attempts:
            raise RuntimeError("not now")

    tables.behaviour.append(fails_once)
    drain(20)
    becomes_due(failing)
    drain(20)
    found = totals()
    assert (found["done"], found["failed"], found["interrupted"]) == (6, 1, 1)
    assert found["busy_ms"] > 0


def test_calls_to_a_service_are_counted_with_their_time() -> None:
    tally.call("registry", seconds=0.25)
    tally.call("registry", seconds=1.5, failed=True)
    tally.call("other", seconds=1)
    found = totals("service:registry")
    assert found == {"done": 1, "failed": 1, "interrupted": 0, "busy_ms": 1750}


def test_threads_that_count_at_the_same_time_lose_nothing() -> None:
    def count() -> None:
        try:
            for _ in range(25):
                tally.call("busy", seconds=0.001)
        finally:
            connection.close()

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert totals("service:busy")["done"] == 100


def minutes_ago(name: str, **ago: float) -> None:
    minute = (datetime.now(UTC) - timedelta(**ago)).replace(second=0, microsecond=0)
    counts = {"done": 3, "failed": 2, "interrupted": 1, "busy_ms": 40}
    Tally.objects.create(name=name, minute=minute, **counts)


def test_old_minutes_become_one_and_the_totals_stay() -> None:
    for ago in ({"days": 9}, {"days": 3}, {"hours": 49}, {"hours": 47}, {"minutes": 1}):
        minutes_ago("one", **ago)
    minutes_ago("two", days=3)
    before = [totals("one"), totals("two")]
    for _ in range(2):
        tally.forget()
        assert [totals("one"), totals("two")] == before
        assert Tally.objects.filter(name="one").count() == 3
    assert Tally.objects.get(name="one", minute=tally.BEGINNING).done == 9

    # What grows old later joins them.
    minutes_ago("one", hours=60)
    tally.forget()
    assert totals("one")["done"] == before[0]["done"] + 3
    assert Tally.objects.get(name="one", minute=tally.BEGINNING).done == 12
