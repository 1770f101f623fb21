"""Tenants are served in turn, however much each has to do."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import SourceRun
from crm.tenants.models import Tenant
from crm.work import turns
from crm.work.lease import DUE, claim
from crm.work.models import State
from tests.factories.campaigns import CampaignFactory, RunFactory
from tests.people import Cast
from tests.running.processes import ROOT

pytestmark = pytest.mark.usefixtures("committed_db")
MANY = 1_000


@pytest.fixture(autouse=True)
def _nobody_served_yet() -> Iterator[None]:
    """This process is a worker that has just begun."""
    turns._served.clear()
    yield
    turns._served.clear()


def due(tenant: Tenant, many: int, *, hours_ago: float, state: State = State.READY) -> None:
    """Lay so many rows that have been due for so long, each a second less than the one before."""
    run = RunFactory(campaign=CampaignFactory(tenant=tenant))
    since = timezone.now() - timedelta(hours=hours_ago)
    SourceRun.of(tenant).bulk_create(
        SourceRun(
            tenant=tenant,
            run=run,
            source=f"source-{place}",
            state=state,
            due_at=since + timedelta(seconds=place),
        )
        for place in range(many)
    )


def served(most: int = 5) -> str:
    """Claim once; give the company whose rows these are."""
    lease = claim(SourceRun, most)
    assert lease is not None
    (slug,) = set(
        SourceRun.across_tenants.filter(lease_token=lease.token).values_list(
            "tenant__slug", flat=True
        )
    )
    return slug


def test_a_row_waits_for_one_claim_of_whoever_has_a_thousand(cast: Cast) -> None:
    due(cast.tenant, MANY, hours_ago=10)
    due(cast.other, 1, hours_ago=1)
    assert [served(), served()] == ["acme", "rival"]
    assert [served(), served()] == ["acme", "acme"]

    # Whoever comes back has not lost its turn either.
    due(cast.other, 1, hours_ago=0.5)
    assert served() == "rival"


def test_two_workers_that_have_just_begun_are_as_fair(cast: Cast) -> None:
    due(cast.tenant, MANY, hours_ago=10)
    due(cast.other, 1, hours_ago=1)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.work.claiming", "3"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert sorted(said[0] + said[1]) == ["acme"] * 5 + ["rival"]
    (lucky,) = [each for each in said if "rival" in each]
    assert lucky.index("rival") <= 1


def test_everybody_who_has_something_due_is_named_once_the_longest_waiting_first(
    cast: Cast,
) -> None:
    due(cast.tenant, 30, hours_ago=1)
    due(cast.other, 20, hours_ago=2)
    assert turns.waiting(SourceRun, DUE) == [cast.other.pk, cast.tenant.pk]
    turns.served(cast.other.pk)
    assert turns.waiting(SourceRun, DUE) == [cast.tenant.pk, cast.other.pk]


def test_nobody_is_named_who_has_nothing_due(cast: Cast) -> None:
    due(cast.tenant, 3, hours_ago=1, state=State.DONE)
    due(cast.other, 3, hours_ago=1, state=State.HELD)
    assert turns.waiting(SourceRun, DUE) == []
    assert claim(SourceRun, 5) is None


def test_a_worker_does_not_remember_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_REMEMBERED", 1)
    for tenant in (cast.tenant, cast.other, cast.tenant):
        turns.served(tenant.pk)
    assert len(turns._served) == 1
