"""The schedule on a campaign's page, in the list of campaigns and in a list of its own."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import schedules
from campaigns.models import Campaign, Schedule
from crm.ledger.models import AuditEntry
from crm.work.models import State
from tests.factories.campaigns import CampaignFactory, RunFactory, ScheduleFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
MONDAYS = {"every": "week", "weekday": "0", "at": "07:00", "mode": "more"}


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    made: Campaign = CampaignFactory(tenant=cast.tenant)
    return made


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_it_is_planned_on_the_campaigns_page(cast: Cast, campaign: Campaign) -> None:
    ben, address = as_person(cast.ben), f"/campaigns/{campaign.pk}/schedule/"
    assert "It runs when somebody starts it." in words(ben.get(campaign.get_absolute_url()))
    answer = ben.post(address, MONDAYS)
    assert (answer.status_code, answer["Location"]) == (302, f"/campaigns/{campaign.pk}/#schedule")
    schedule = Schedule.of(cast.tenant).get()
    assert (schedule.state, schedule.made_by) == (State.WAITING, cast.ben)
    page = words(ben.get(campaign.get_absolute_url()))
    assert "Every Monday at 07:00 (London time)" in page
    assert re.search(r"Next Mon \d+ \w{3}( \d{4})?, 07:00 Last Not yet", page)
    assert "Switch off" in page
    monthly = {"every": "month", "day": "31", "at": "18:30", "mode": "again", "weekday": "3"}
    told = words(ben.post(address, monthly, follow=True))
    assert "Every month on the last day at 18:30 (London time). Next: " in told
    schedule.refresh_from_db()
    assert (schedule.every, schedule.day, schedule.mode) == ("month", 31, "again")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"every": ""}, "Choose every week or every month."),
        ({"every": "day"}, "Choose every week or every month."),
        ({"weekday": "9"}, "Choose a weekday, from Monday to Sunday."),
        ({"weekday": ""}, "Say on which weekday."),
        ({"every": "month", "day": "45"}, "A month has the days 1 to 31; 45 is none of them."),
        ({"every": "month", "day": "x"}, "Give the day of the month as a number from 1 to 31."),
        ({"every": "month", "day": ""}, "Say on which day of the month, 1 to 31."),
        ({"at": ""}, "Give a time of day, like 07:00."),
        ({"at": "25:00"}, "Give a time of day from 00:00 to 23:59, like 07:00."),
        ({"mode": "first"}, "Choose “Find more” or “Run again”."),
    ],
)
def test_what_is_no_time_gets_a_sentence_and_nothing_is_planned(
    cast: Cast, campaign: Campaign, wrong: dict[str, str], sentence: str
) -> None:
    answer = as_person(cast.ben).post(f"/campaigns/{campaign.pk}/schedule/", MONDAYS | wrong)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Schedule.of(cast.tenant).exists()


def test_what_is_not_asked_for_is_not_looked_at(cast: Cast, campaign: Campaign) -> None:
    answer = as_person(cast.ben).post(
        f"/campaigns/{campaign.pk}/schedule/", MONDAYS | {"day": "nonsense"}
    )
    assert answer.status_code == 302
    assert Schedule.of(cast.tenant).get().day == 1


def test_it_is_switched_off_and_on_and_removed_by_buttons(cast: Cast, campaign: Campaign) -> None:
    ScheduleFactory(campaign=campaign)
    ben, address = as_person(cast.ben), f"/campaigns/{campaign.pk}/schedule"
    off = words(ben.post(f"{address}/off/", follow=True))
    assert "Next Switched off" in off
    assert "Save and switch on" in off
    assert "is switched off already" in words(ben.post(f"{address}/off/", follow=True))
    assert re.search(r"Next Mon \d+", words(ben.post(f"{address}/on/", follow=True)))
    assert "It runs when somebody starts it." in words(ben.post(f"{address}/remove/", follow=True))
    assert "has no schedule any more" in words(ben.post(f"{address}/on/", follow=True))
    assert AuditEntry.objects.filter(verb__startswith="schedule ").count() == 3


def test_a_schedule_that_was_given_up_says_so_and_is_revived(
    cast: Cast, campaign: Campaign
) -> None:
    ScheduleFactory(campaign=campaign, state=State.DEAD, last_result=schedules.STOPPED)
    ada = as_person(cast.ada)
    page = words(ada.get(campaign.get_absolute_url()))
    assert "Switched off after too many errors." in page
    assert "Stopped by errors" in words(ada.get("/campaigns/"))
    row = Schedule.of(cast.tenant).get()
    ada.post(
        "/admin/campaigns/schedule/", {"action": "queue_again", "_selected_action": str(row.pk)}
    )
    row.refresh_from_db()
    assert row.state == State.WAITING
    assert row.due_at > timezone.now()


@pytest.mark.parametrize("path", ["", "off/", "on/", "remove/"])
def test_a_viewer_and_a_stranger_change_no_schedule(
    cast: Cast, campaign: Campaign, path: str
) -> None:
    before = ScheduleFactory(campaign=campaign)
    address = f"/campaigns/{campaign.pk}/schedule/{path}"
    assert as_person(cast.vera).post(address, MONDAYS).status_code == 403
    assert as_person(cast.charlie).post(address, MONDAYS).status_code == 404
    after = Schedule.of(cast.tenant).get()
    assert (after.state, after.due_at) == (before.state, before.due_at)


def test_a_viewer_sees_when_it_runs_and_no_buttons(cast: Cast, campaign: Campaign) -> None:
    ScheduleFactory(campaign=campaign)
    answer = as_person(cast.vera).get(campaign.get_absolute_url())
    assert "Every Monday at 07:00" in words(answer)
    assert "/schedule/" not in answer.content.decode()
    assert "Every Monday at 07:00" in words(as_person(cast.vera).get("/campaigns/schedules/"))


def test_it_works_on_a_page_of_its_own_without_scripts(cast: Cast, campaign: Campaign) -> None:
    ScheduleFactory(campaign=campaign, at="18:05")
    answer = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/schedule/")
    page = answer.content.decode()
    assert 'value="18:05"' in page
    assert f'action="/campaigns/{campaign.pk}/schedule/remove/"' in page
    detail = as_person(cast.ben).get(campaign.get_absolute_url()).content.decode()
    assert f'needs-no-js" href="/campaigns/{campaign.pk}/schedule/"' in detail


def test_its_form_says_what_a_run_may_take(cast: Cast, campaign: Campaign) -> None:
    said = "Each run but “Run again” may take up to 45 credits, as confirmed."
    address = f"/campaigns/{campaign.pk}/schedule/"
    assert "credits" not in words(as_person(cast.ben).get(address)).partition("Save")[0]
    Campaign.of(cast.tenant).filter(pk=campaign.pk).update(credits_most=45)
    for path in (address, campaign.get_absolute_url()):
        page = as_person(cast.ben).get(path).content.decode()
        form = page.partition('class="schedule-form"')[2].partition("</form>")[0]
        assert said in form


def test_times_are_those_of_the_companys_zone(cast: Cast, campaign: Campaign) -> None:
    cast.tenant.zone = "America/New_York"
    cast.tenant.save()
    as_person(cast.ben).post(f"/campaigns/{campaign.pk}/schedule/", MONDAYS)
    schedule = Schedule.of(cast.tenant).get()
    assert schedule.due_at.astimezone(UTC).hour in (11, 12)
    page = words(as_person(cast.ben).get(campaign.get_absolute_url()))
    assert "Every Monday at 07:00 (New York time)" in page
    assert re.search(r"Next Mon \d+ \w{3}( \d{4})?, 07:00", page)


def test_the_last_result_is_that_of_its_run_or_why_there_was_none(
    cast: Cast, campaign: Campaign
) -> None:
    run = RunFactory(campaign=campaign, reason="12 new leads; 382 left.", is_scheduled=True)
    when = datetime(2026, 11, 16, 7, 0, 3, tzinfo=UTC)
    schedule = ScheduleFactory(campaign=campaign, last_run=run, last_at=when)
    ben = as_person(cast.ben)
    said = r"Last Mon 16 Nov( 2026)?: 12 new leads; 382 left\."
    assert re.search(said, words(ben.get(campaign.get_absolute_url())))
    assert "12 new leads; 382 left." in words(ben.get("/campaigns/schedules/"))
    skipped = "Skipped: the run of Mon 16 Nov is still under way."
    Schedule.of(cast.tenant).filter(pk=schedule.pk).update(last_result=skipped)
    assert skipped in words(ben.get(campaign.get_absolute_url()))


def fill(cast: Cast, number: int) -> None:
    for n in range(number):
        campaign = CampaignFactory(tenant=cast.tenant, name=f"Round {n}")
        run = RunFactory(campaign=campaign, reason="3 new leads.", is_scheduled=True)
        ScheduleFactory(
            campaign=campaign,
            made_by=cast.ben,
            last_run=run,
            last_at=timezone.now(),
            due_at=timezone.now() + timedelta(hours=n + 1),
            state=State.HELD if n % 3 == 2 else State.WAITING,
        )


@pytest.mark.parametrize("path", ["/campaigns/", "/campaigns/schedules/"])
def test_lists_ask_as_much_for_many_as_for_few(cast: Cast, path: str) -> None:
    vera = as_person(cast.vera)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert vera.get(path).status_code == 200
        return len(asked)

    fill(cast, 2)
    few = questions()
    fill(cast, 20)
    assert questions() == few


def test_all_schedules_are_listed_the_next_one_first_and_those_at_rest_last(cast: Cast) -> None:
    fill(cast, 33)
    ScheduleFactory(campaign=CampaignFactory(tenant=cast.other, name="Of somebody else"))
    vera = as_person(cast.vera)
    first = words(vera.get("/campaigns/schedules/"))
    found = [int(each) for each in re.findall(r"Round (\d+)", first)]
    assert found[:22] == [n for n in range(33) if n % 3 != 2]
    assert all(n % 3 == 2 for n in found[22:])
    assert len(found) == 30
    rest = words(vera.get("/campaigns/schedules/?page=2"))
    assert len(re.findall(r"Round \d+", rest)) == 3
    assert "Page 2 of 2" in rest
    assert "somebody else" not in first + rest
    assert vera.get("/campaigns/schedules/?page=nonsense").status_code == 200


def test_without_a_schedule_the_list_says_how_to_make_one(cast: Cast) -> None:
    assert "Run it by itself" in words(as_person(cast.vera).get("/campaigns/schedules/"))


def test_the_list_of_campaigns_shows_the_next_time(cast: Cast, campaign: Campaign) -> None:
    due_at = datetime(2031, 3, 3, 7, tzinfo=UTC)
    ScheduleFactory(campaign=campaign, due_at=due_at)
    assert "Schedule: Mon 3 Mar 2031, 07:00" in words(as_person(cast.vera).get("/campaigns/"))
