"""A task of a day is overdue once the day is over where its reader is, and no hour earlier."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from leads.models import Lead, Task
from leads.work import tasks
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
SYDNEY, LISBON = "Australia/Sydney", "Europe/Lisbon"


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
