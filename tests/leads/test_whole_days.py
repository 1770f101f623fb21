"""A task of a day is overdue once the day is over where its reader is, and no hour earlier."""

import importlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from leads.models import Lead, Task
from leads.work import tasks
from tests.factories.leads import LeadFactory, OrganisationFactory, TaskFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
SYDNEY, LISBON, NEW_YORK = "Australia/Sydney", "Europe/Lisbon", "America/New_York"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    home = OrganisationFactory(tenant=cast.tenant)
    found: Lead = LeadFactory(organisation=home, owner=cast.ben)
    return found


def test_a_day_is_the_same_day_to_whoever_reads_it(cast: Cast, lead: Lead) -> None:
    cast.ada.zone = SYDNEY
    cast.ada.save()
    today = timezone.localdate(timezone=ZoneInfo(SYDNEY))
    day = today + timedelta(days=40)
    as_person(cast.ben).post(f"/leads/{lead.pk}/tasks/", {"text": "Ring", "day": day.isoformat()})
    task = Task.of(cast.tenant).get()
    assert task.due_day == day
    ada = as_person(cast.ada)
    form = ada.get(f"/leads/{lead.pk}/tasks/{task.pk}/").context["form"]
    assert (form["day"].value(), form["at"].value()) == (day, None)
    said = f"{day:%a} {day.day} {day:%b}"
    for path in (f"/leads/{lead.pk}/", "/leads/?cols=due"):
        assert said in ada.get(path).content.decode(), path


def test_it_ends_where_its_owner_is(cast: Cast, lead: Lead) -> None:
    cast.ben.zone = SYDNEY
    cast.ben.save()
    with timezone.override(LISBON):
        due = tasks.moment(datetime(2031, 5, 6).date())
        task = tasks.add(lead, "Ring", due_at=due, owner=cast.ben, by=cast.ada)
    assert task.due_at == datetime(2031, 5, 6, 23, 59, tzinfo=ZoneInfo(SYDNEY))
    lead.refresh_from_db()
    assert (lead.next_due, lead.next_due_day) == (task.due_at, task.due_day)


def test_an_hour_that_was_written_stays_one_wherever_the_text_is_changed(
    cast: Cast, lead: Lead
) -> None:
    cast.ben.zone = NEW_YORK
    cast.ben.save()
    at = datetime(2031, 5, 6, 18, 59, tzinfo=ZoneInfo(NEW_YORK))
    task = tasks.add(lead, "Ring", due_at=at, owner=cast.ben, by=cast.ben)
    path = f"/leads/{lead.pk}/tasks/{task.pk}/"
    ada = as_person(cast.ada)
    form = ada.get(path).context["form"]
    sent = {name: form[name].value() for name in ("day", "at", "owner")} | {"text": "Ring them"}
    assert str(sent["at"]) == "23:59:00"
    assert ada.post(path, sent).status_code == 302
    task.refresh_from_db()
    assert (task.text, task.due_at, task.due_day) == ("Ring them", at, None)
    # Whoever takes the hour away means the day.
    assert ada.post(path, sent | {"at": ""}).status_code == 302
    task.refresh_from_db()
    assert task.due_day == datetime(2031, 5, 6).date()


def test_days_of_before_are_known_by_whose_midnight_it_was(cast: Cast, lead: Lead) -> None:
    cast.tenant.zone, cast.ada.zone, cast.ben.zone = LISBON, NEW_YORK, SYDNEY
    for row in (cast.tenant, cast.ada, cast.ben):
        row.save()
    days = {}
    for name, zone in (
        (LISBON, LISBON),
        (NEW_YORK, NEW_YORK),
        (SYDNEY, SYDNEY),
        ("", "Asia/Tokyo"),
    ):
        due = datetime(2031, 5, 6, 23, 59, tzinfo=ZoneInfo(zone))
        row = TaskFactory(lead=lead, due_at=due, owner=cast.ben, created_by=cast.ada)
        days[row.pk] = due.date() if name else None
    migration = importlib.import_module("leads.migrations.0014_tasks_of_whole_days")
    with connection.cursor() as cursor:
        cursor.execute(migration.DAYS)
    assert dict(Task.of(cast.tenant).values_list("pk", "due_day")) == days


def test_it_is_late_by_the_readers_calendar() -> None:
    now = timezone.now()
    for name in (SYDNEY, LISBON):
        with timezone.override(name):
            today = timezone.localdate()
            assert not tasks.is_late(now - timedelta(hours=9), today)
            assert tasks.is_late(now + timedelta(hours=9), today - timedelta(days=1))
            assert tasks.due_label(now + timedelta(hours=15), today) == "today"


def test_nobody_gets_a_task_of_a_lead_that_they_do_not_see(cast: Cast, lead: Lead) -> None:
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    dora = cast.join("Dora", "rep")
    sent = {"text": "Ring", "day": timezone.localdate().isoformat(), "owner": dora.pk}
    ada = as_person(cast.ada)
    refused = ada.post(f"/leads/{lead.pk}/tasks/", sent)
    assert refused.status_code == 422
    assert "Dora does not see" in refused.content.decode()
    assert ada.post(f"/leads/{lead.pk}/tasks/", sent | {"owner": cast.ben.pk}).status_code == 302
    task = Task.of(cast.tenant).get()
    late = ada.post(f"/leads/{lead.pk}/tasks/{task.pk}/", sent | {"seen": tasks.mark(task)})
    assert late.status_code == 422
