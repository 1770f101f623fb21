"""A campaign that runs by itself: at its time, once, and whatever happens meanwhile."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from campaigns import runs, schedules, steering
from campaigns.models import Run, Schedule, SourceRun
from crm.notices.models import Kind, Notice
from crm.tenants.acting import acting_for
from crm.work.drain import drain
from crm.work.models import State
from tests.campaigns import dying
from tests.campaigns.conftest import PATIENCE, Launch, run_until_done
from tests.campaigns.planned import Plan, entry, lease_runs_out, make_due, scheduled
from tests.campaigns.test_walk import using
from tests.factories.campaigns import CampaignFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def test_at_its_time_it_finds_more_and_says_what_came_of_it(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    schedule = plan(campaign)
    assert timedelta(days=6) < schedule.due_at - timezone.now() <= timedelta(days=7)
    assert entry(schedule).result == ""
    make_due(schedule)
    assert drain(PATIENCE) is False
    (run,) = scheduled(campaign)
    assert (run.mode, run.number, run.by, run.state) == ("more", 2, None, "completed")
    schedule.refresh_from_db()
    assert (schedule.state, schedule.last_run, schedule.last_result) == (State.WAITING, run, "")
    assert timedelta(days=6) < schedule.due_at - timezone.now() <= timedelta(days=7)
    assert entry(schedule).result == "5 new leads; 488 left."
    told = Notice.across_tenants.get(user=cast.ada)
    assert told.text.endswith("5 new leads; 488 left.")


def test_it_runs_again_if_that_is_asked_for(launch: Launch, plan: Plan) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    make_due(plan(campaign, mode=Run.Mode.AGAIN))
    drain(PATIENCE)
    (run,) = scheduled(campaign)
    assert (run.mode, run.state) == ("again", "completed")


def test_what_came_of_it_is_shown_while_it_works_and_when_it_failed(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=5)
    run_until_done(campaign)
    schedule = plan(campaign)
    with acting_for(cast.tenant):
        run = runs.start(campaign, Run.Mode.MORE, by=None, is_scheduled=True)
    Schedule.of(cast.tenant).update(last_run=run, last_at=timezone.now())
    assert entry(schedule).result == "Under way."
    with acting_for(cast.tenant):
        steering.pause(run, by=cast.ben)
    assert entry(schedule).result == "Paused by Ben."
    with acting_for(cast.tenant):
        steering.cancel(run, by=cast.ben)
    assert entry(schedule).result == "Cancelled by Ben; nothing was found until then."
    Run.of(cast.tenant).filter(pk=run.pk).update(state=Run.State.FAILED)
    assert entry(schedule).result == "Failed."
    run.delete()
    assert entry(schedule).result == ""


def test_after_weeks_without_a_worker_it_runs_once(launch: Launch, plan: Plan) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign)
    make_due(schedule, timedelta(weeks=5, hours=3))
    drain(PATIENCE)
    assert len(scheduled(campaign)) == 1
    schedule.refresh_from_db()
    assert schedule.due_at > timezone.now()


@pytest.mark.parametrize("pauses", [False, True])
def test_a_run_that_is_under_way_is_not_overlapped_and_nobody_is_told(
    cast: Cast, launch: Launch, plan: Plan, settings: Any, pauses: bool
) -> None:
    campaign = launch(max_results=5)
    if pauses:
        with acting_for(cast.tenant):
            steering.pause(Run.of(cast.tenant).get(), by=cast.ben)
    schedule = plan(campaign)
    make_due(schedule)
    with using(settings, "campaigns.schedules.TABLE"):
        drain(PATIENCE)
    assert scheduled(campaign) == []
    found = entry(schedule)
    assert found.result.startswith("Skipped: the run of ")
    assert found.result.endswith("is still under way, paused." if pauses else "still under way.")
    assert found.schedule.due_at > timezone.now()
    assert not Notice.across_tenants.exists()


def test_without_a_source_it_says_so_and_waits_for_the_next_time(cast: Cast, plan: Plan) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, kind="planning_applications")
    schedule = plan(campaign)
    make_due(schedule)
    assert drain(PATIENCE) is False
    found = entry(schedule)
    assert found.result.startswith("Did not run: Planning applications needs AI web search")
    assert (found.schedule.state, Run.of(cast.tenant).count()) == (State.WAITING, 0)
    assert found.schedule.due_at > timezone.now()


def test_where_nothing_is_left_it_goes_on_quietly(cast: Cast, launch: Launch, plan: Plan) -> None:
    campaign = launch(postcode="LE15 6AA", miles=1, max_results=500)
    run_until_done(campaign)
    Notice.across_tenants.all().delete()
    schedule = plan(campaign)
    for times in (1, 2):
        make_due(schedule)
        drain(PATIENCE)
        assert len(scheduled(campaign)) == times
    assert entry(schedule).result.startswith("0 new leads; nothing left within 1 mile of LE15 6AA.")
    assert not Notice.across_tenants.exists()


def test_a_worker_that_is_killed_at_any_instant_starts_one_run_in_the_end(
    launch: Launch, plan: Plan, settings: Any
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign)
    make_due(schedule)
    dying.ends_with[0] = dying.Killed
    with using(settings, "tests.campaigns.dying.SCHEDULES"):
        for _ in range(2):
            dying.writes_left[0] = 0
            with pytest.raises(dying.Killed):
                drain(PATIENCE)
            assert scheduled(campaign) == []
            schedule.refresh_from_db()
            assert (schedule.state, schedule.last_run) == (State.LEASED, None)
            lease_runs_out(schedule)
    assert drain(PATIENCE) is False
    (run,) = scheduled(campaign)
    assert (run.state, run.number) == ("completed", 2)
    schedule.refresh_from_db()
    assert (schedule.state, schedule.crashes, schedule.last_run) == (State.WAITING, 0, run)
    # Killed after it was written, it has nothing left to do.
    assert drain(PATIENCE) is False
    assert len(scheduled(campaign)) == 1


def test_an_error_is_tried_again_and_given_up_in_the_end(
    cast: Cast, launch: Launch, plan: Plan, settings: Any
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    Notice.across_tenants.all().delete()
    schedule = plan(campaign)
    dying.ends_with[0] = RuntimeError
    with using(settings, "tests.campaigns.dying.SCHEDULES"):
        for attempts in range(1, 6):
            assert entry(schedule).next != ""
            make_due(schedule)
            dying.writes_left[0] = 0
            drain(PATIENCE)
            schedule.refresh_from_db()
            assert schedule.attempts == attempts
    assert (schedule.state, schedule.is_on) == (State.DEAD, False)
    assert scheduled(campaign) == []
    assert entry(schedule).result == schedules.STOPPED
    told = Notice.across_tenants.get()
    assert (told.user, told.kind) == (cast.ada, Kind.RUN_FAILED)
    assert "its schedule was switched off after too many errors" in told.text


def test_a_clock_that_is_set_back_after_the_run_starts_no_second_one(
    cast: Cast, launch: Launch, plan: Plan, monkeypatch: Any
) -> None:
    cast.tenant.zone = "UTC"
    cast.tenant.save()
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign)
    next_week = schedule.due_at
    Schedule.of(cast.tenant).update(due_at=next_week - timedelta(weeks=1))
    real = timezone.now
    # The worker's own clock says that the time is still to come.
    monkeypatch.setattr(schedules.timezone, "now", lambda: real() - timedelta(hours=1))
    drain(PATIENCE)
    schedule.refresh_from_db()
    assert schedule.due_at == next_week
    with acting_for(cast.tenant):
        schedules.switch_off(campaign, by=cast.ada)
        schedules.switch_on(campaign, by=cast.ada)
    schedule.refresh_from_db()
    assert schedule.due_at == next_week
    assert len(scheduled(campaign)) == 1


def test_two_workers_at_once_start_one_run(launch: Launch, plan: Plan) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    make_due(plan(campaign))

    def working() -> None:
        try:
            drain(PATIENCE)
        finally:
            connection.close()

    threads = [Thread(target=working) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(scheduled(campaign)) == 1


def test_the_schedule_of_another_company_is_not_touched(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    make_due(plan(campaign))
    assert drain(PATIENCE, tenant=cast.other) is False
    assert (scheduled(campaign), SourceRun.of(cast.other).count()) == ([], 0)
