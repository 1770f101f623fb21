"""Planning when a campaign runs by itself: changed, rested, removed, and by two at once."""

from datetime import time
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from campaigns import schedules
from campaigns.models import Run, Schedule
from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.work import lease as leases
from crm.work.drain import drain
from crm.work.lease import LeaseLost
from crm.work.models import State
from tests.campaigns.conftest import PATIENCE, Launch, run_until_done
from tests.campaigns.planned import Plan, entry, make_due, scheduled
from tests.factories.campaigns import CampaignFactory
from tests.people import Cast
from tests.work.reviving import revive

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


@pytest.mark.parametrize("way", ["queued again", "switched on"])
def test_a_dead_schedule_is_revived_and_waits_for_its_proper_time(
    cast: Cast, launch: Launch, plan: Plan, way: str
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign)
    due_at = schedule.due_at
    Schedule.of(cast.tenant).update(
        state=State.DEAD, due_at=timezone.now(), attempts=5, last_error="RuntimeError: the end"
    )
    schedule.refresh_from_db()
    with acting_for(cast.tenant):
        if way == "queued again":
            assert revive(schedule) == ""
        else:
            schedules.switch_on(campaign, by=cast.ben)
    drain(PATIENCE)
    schedule.refresh_from_db()
    assert (schedule.state, schedule.due_at) == (State.WAITING, due_at)
    assert (schedule.attempts, schedule.last_error) == (0, "")
    assert scheduled(campaign) == []


def test_when_its_maker_has_left_it_works_and_the_owners_hear_of_it(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign, by=cast.ben)
    Notice.across_tenants.all().delete()
    Membership.of(cast.tenant).get(user=cast.ben).delete()
    make_due(schedule)
    drain(PATIENCE)
    assert scheduled(campaign)[0].created_at
    assert Notice.across_tenants.get().user == cast.ada
    # Whoever changes it then takes it over.
    plan(campaign, by=cast.ada, mode=Run.Mode.AGAIN)
    schedule.refresh_from_db()
    assert schedule.made_by == cast.ada


def test_switching_it_off_takes_it_out_of_a_workers_hands(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign)
    make_due(schedule)
    lease = leases.claim(Schedule, 1)
    assert lease is not None
    with acting_for(cast.tenant):
        schedules.switch_off(campaign, by=cast.ben)
    with pytest.raises(LeaseLost):
        schedules.work(Schedule.of(cast.tenant).get(), lease)
    schedule.refresh_from_db()
    assert (schedule.state, schedule.last_at, scheduled(campaign)) == (State.HELD, None, [])
    drain(PATIENCE)
    assert scheduled(campaign) == []


def test_a_change_of_what_it_does_does_not_lose_the_run_that_is_due(
    launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    schedule = plan(campaign, at=time(7))
    make_due(schedule)
    plan(campaign, at=time(7), mode=Run.Mode.AGAIN)
    drain(PATIENCE)
    assert [run.mode for run in scheduled(campaign)] == ["again"]
    make_due(schedule)
    changed = plan(campaign, at=time(8))
    assert changed.due_at > timezone.now()


def test_it_is_planned_changed_rested_and_removed_and_all_of_it_is_written_down(
    cast: Cast, launch: Launch, plan: Plan
) -> None:
    campaign = launch(max_results=3)
    plan(campaign, weekday=0, at=time(7))
    plan(campaign, weekday=0, at=time(7))
    plan(campaign, every="month", day=31, at=time(18, 30), by=cast.ben)
    schedule = Schedule.of(cast.tenant).get()
    assert entry(schedule).when == "Every month on the last day at 18:30"
    assert schedule.made_by == cast.ada
    with acting_for(cast.tenant):
        schedules.switch_off(campaign, by=cast.ben)
        with pytest.raises(schedules.CannotSchedule, match="switched off already"):
            schedules.switch_off(campaign, by=cast.ada)
        schedules.switch_on(campaign, by=cast.ben)
        with pytest.raises(schedules.CannotSchedule, match="switched on already"):
            schedules.switch_on(campaign, by=cast.ada)
        schedules.remove(campaign, by=cast.ben)
        with pytest.raises(schedules.CannotSchedule, match="has no schedule any more"):
            schedules.remove(campaign, by=cast.ada)
    verbs = AuditEntry.objects.filter(verb__contains="schedule").order_by("id")
    assert list(verbs.values_list("verb", "actor")) == [
        ("scheduled", "Ada"),
        ("schedule changed", "Ben"),
        ("schedule switched off", "Ben"),
        ("schedule switched on", "Ben"),
        ("schedule removed", "Ben"),
    ]
    assert not Schedule.of(cast.tenant).exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"every": "day"}, "every week or every month"),
        ({"weekday": 7}, "Choose a weekday"),
        ({"every": "month", "day": 32}, "32 is none of them"),
        ({"mode": "first"}, "find more or run again"),
    ],
)
def test_what_no_calendar_has_is_refused_in_a_sentence(
    cast: Cast, plan: Plan, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(schedules.CannotSchedule, match=sentence):
        plan(CampaignFactory(tenant=cast.tenant), **given)
    assert not Schedule.of(cast.tenant).exists()


def test_two_who_plan_at_once_make_one_schedule(cast: Cast, plan: Plan) -> None:
    campaign = CampaignFactory(tenant=cast.tenant)
    failures: list[BaseException] = []

    def planning(day: int) -> None:
        try:
            plan(campaign, every="month", day=day)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=planning, args=[day]) for day in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Schedule.of(cast.tenant).count() == 1
