"""A campaign is changed at the very moment in which something else happens to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import connection, transaction

from campaigns import criteria, editing, runs
from campaigns.models import Campaign, Run, SourceRun
from crm.tenants.acting import acting_for
from crm.tenants.models import User
from tests.campaigns.conftest import Launch, run_until_done
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def side_by_side(*jobs: Callable[[], Any]) -> list[Any]:
    """Do all of it at once, each on a connection of its own."""

    def one(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def change(campaign: Campaign, by: User, name: str = "", **wanted: Any) -> str:
    """Change it as somebody who sees it as it is now; say what came of it."""
    fresh = Campaign.across_tenants.select_related("tenant").get(pk=campaign.pk)
    seen = editing.Seen(campaign.fingerprint, campaign.name)
    with acting_for(fresh.tenant):
        asked = replace(criteria.of(campaign), **wanted)
        try:
            editing.change(fresh, asked, name or campaign.name, by=by, seen=seen)
        except editing.Refused as refused:
            return type(refused).__name__
    return "saved"


def test_of_two_who_save_at_once_one_is_told(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    for miles in range(20, 25):
        campaign.refresh_from_db()
        start = Barrier(2)

        def saving(
            by: User, how_far: int, barrier: Barrier = start, as_seen: Campaign = campaign
        ) -> str:
            barrier.wait(timeout=10)
            return change(as_seen, by, miles=how_far)

        said = side_by_side(
            lambda far=miles: saving(cast.ben, far),
            lambda far=miles: saving(cast.ada, far + 100),
        )
        assert sorted(said) == ["ChangedMeanwhile", "saved"]


def test_two_campaigns_that_become_the_same_at_once_stay_two(cast: Cast, launch: Launch) -> None:
    near, far = launch(miles=5, max_results=3), launch(miles=10, max_results=3)
    start = Barrier(2)

    def saving(campaign: Campaign, by: User) -> str:
        start.wait(timeout=10)
        return change(campaign, by, miles=7)

    said = side_by_side(lambda: saving(near, cast.ben), lambda: saving(far, cast.ada))
    assert sorted(said) == ["SameCriteria", "saved"]
    assert Campaign.of(cast.tenant).filter(miles=7).count() == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_a_run_that_ends_at_that_moment_takes_nothing_back(
    cast: Cast, launch: Launch, is_first: bool
) -> None:
    """Whoever comes second waits for the first, and neither loses what the other wrote."""
    campaign = launch(max_results=40)
    run = Run.of(cast.tenant).select_related("tenant").get()
    SourceRun.of(cast.tenant).update(cursor=[3.0, 7], state="done")
    holding, goes_on = Event(), Event()

    def first(work: Callable[[], Any]) -> None:
        with transaction.atomic():
            work()
            holding.set()
            goes_on.wait(timeout=10)

    def second(work: Callable[[], Any]) -> None:
        holding.wait(timeout=10)
        goes_on.set()
        work()

    def ending() -> None:
        with acting_for(cast.tenant), transaction.atomic():
            runs.finish(run)

    def changing() -> None:
        assert change(campaign, cast.ben, name="Mine", max_results=50) == "saved"

    jobs = [changing, ending] if is_first else [ending, changing]
    side_by_side(lambda: first(jobs[0]), lambda: second(jobs[1]))
    campaign.refresh_from_db()
    assert campaign.positions == {"register": [3.0, 7]}
    assert (campaign.name, campaign.max_results) == ("Mine", 50)


def test_a_change_does_not_wait_for_a_worker(cast: Cast, launch: Launch) -> None:
    """Nor does the worker wait for it: a walk takes no lock on the campaign until its end."""
    campaign = launch(max_results=100)

    def changing() -> str:
        return change(campaign, cast.ben, miles=20)

    run, said = side_by_side(lambda: run_until_done(campaign), changing)
    assert (run.state, run.created, said) == ("completed", 100, "saved")
    campaign.refresh_from_db()
    assert campaign.miles == 20
    assert campaign.positions["register"][0] > 0
