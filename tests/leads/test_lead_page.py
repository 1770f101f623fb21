"""The page of a lead: within its queries however full it is, and what it says at one look."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.tenants.models import Reach, Tenant
from leads.models import (
    Contact,
    EmailCheck,
    EnrichmentItem,
    EnrichmentRun,
    Group,
    Lead,
    Task,
    TimelineEntry,
)
from leads.timeline import timeline
from leads.work import mine, tasks
from tests.enriching.rows import fact, quality
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import (
    ContactFactory,
    LeadFactory,
    OrganisationFactory,
    OriginFactory,
    ScoreFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.own import CustomFieldFactory, TaggingFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
# Those that the test's own transaction needs.
OWN = ("SAVEPOINT", "RELEASE")
RTL = "مركز الأسنان 😁 " * 10


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Harbour Dental"))


def fill(lead: Lead, cast: Cast) -> None:
    """Put on the lead more than anybody will."""
    here = lead.organisation
    here.group = Group.of(cast.tenant).create(tenant=cast.tenant, name="Quay Group")
    here.save()
    people = ContactFactory.create_batch(
        30, organisation=here, name=RTL[:200], phone="+441326211222"
    )
    for number in range(10):
        fact(people[number], "phone", f"+44132621133{number}")
        fact(people[number], "email", f"p{number}@harbour.example", status="applied")
        fact(here, "phone", f"+44132621144{number}", status="applied", decided_by=cast.ben)
        fact(here, "employees", number, status="dismissed", decided_by=cast.ada)
        EmailCheck.of(cast.tenant).create(
            tenant=cast.tenant, address=f"p{number}@harbour.example", state="risky", reasons=[RTL]
        )
    quality(here)
    run = EnrichmentRun.of(cast.tenant).create(tenant=cast.tenant, why="lead", by=cast.ben)
    asked = {f"hunter_search|{each.pk}": {"outcome": "told"} for each in people}
    EnrichmentItem.of(cast.tenant).create(
        tenant=cast.tenant, run=run, organisation=here, state="done", asked=asked
    )
    ScoreFactory(lead=lead)
    CustomFieldFactory(tenant=cast.tenant, label="Contract ends")
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    for number in range(12):
        other = OrganisationFactory(
            tenant=cast.tenant, group=here.group if number < 4 else None, name=f"Next {number}"
        )
        OriginFactory(lead=LeadFactory(organisation=other), ref=campaign.pk)
    OriginFactory(lead=lead, ref=campaign.pk)
    TaskFactory.create_batch(8, lead=lead, owner=cast.ben)
    TaggingFactory.create_batch(5, lead=lead)
    TimelineEntryFactory.create_batch(210, lead=lead, by=cast.ben, text=RTL)


def test_it_takes_no_more_than_nineteen_queries_however_full(cast: Cast, lead: Lead) -> None:
    fill(lead, cast)
    for person in (cast.ada, cast.ben, cast.vera):
        browser = as_person(person)
        browser.get(f"/leads/{lead.pk}/")
        with CaptureQueriesContext(connection) as asked:
            came = {"Referer": "http://testserver/leads/?tier=hot"}
            page = browser.get(f"/leads/{lead.pk}/", headers=came)
        assert page.status_code == 200
        needed = [each for each in asked.captured_queries if not each["sql"].startswith(OWN)]
        assert len(needed) <= 19, person
        assert "Earlier" in page.content.decode()


def test_neighbours_are_those_that_the_reader_sees(cast: Cast, lead: Lead) -> None:
    group = Group.of(cast.tenant).create(tenant=cast.tenant, name="Quay Group")
    lead.organisation.group = group
    lead.organisation.save()
    for name, fields in {
        "Other Site": {"group": group, "postcode": "LE1 1AA"},
        "Same Door": {},
        "Same Street": {"address": "40 Quay Street"},
        "Far Away": {"postcode": "LE1 1AA"},
    }.items():
        organisation = OrganisationFactory(tenant=cast.tenant, name=name, **fields)
        LeadFactory(organisation=organisation, owner=cast.ada)
    Lead.of(cast.tenant).filter(pk=lead.pk).update(owner=cast.ben)
    page = as_person(cast.ada).get(f"/leads/{lead.pk}/").content.decode()
    beside = page.partition('id="neighbours"')[2]
    for name in ("Other Site", "In the same building", "Same Door", "Same Street"):
        assert name in beside, name
    assert "Far Away" not in page
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    hidden = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert "Same Door" not in hidden
    assert "Other Site" not in hidden


def test_the_timeline_is_filtered_and_tells_quiet_changes_in_one_line(
    cast: Cast, lead: Lead
) -> None:
    for text in ("Phone: 1", "Town: 2\nSize: 3"):
        timeline.write(lead, TimelineEntry.Kind.FIELD, text, by=cast.ben)
    timeline.write(lead, TimelineEntry.Kind.NOTE, "Likes fibre.", by=cast.ben)
    ben = as_person(cast.ben)
    page = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert "Ben made 3 changes" in page
    notes = ben.get(f"/leads/{lead.pk}/?show=notes").content.decode()
    assert "Likes fibre." in notes
    assert "made 3 changes" not in notes
    part = ben.get(f"/leads/{lead.pk}/timeline/?show=nonsense", headers={"HX-Request": "true"})
    assert "Ben made 3 changes" in part.content.decode()
    assert ben.get(f"/leads/{lead.pk}/?before=x&show=%22").status_code == 200


def test_what_a_person_does_makes_the_lead_active_and_the_system_does_not(
    cast: Cast, lead: Lead
) -> None:
    timeline.write(lead, TimelineEntry.Kind.SCORE, "Score changed.", by=None)
    lead.refresh_from_db()
    assert lead.active_at is None
    entry = timeline.write(lead, TimelineEntry.Kind.NOTE, "Called.", by=cast.ben)
    lead.refresh_from_db()
    assert lead.active_at == entry.at


def test_my_tasks_are_sorted_by_my_calendar_and_settled_with_one_click(
    cast: Cast, lead: Lead
) -> None:
    now = timezone.now()
    late = TaskFactory(lead=lead, owner=cast.ben, text="Ring them", due_at=now - timedelta(days=2))
    TaskFactory(lead=lead, owner=cast.ben, text="Visit", due_at=now + timedelta(days=40))
    TaskFactory(lead=lead, owner=cast.ada, text="Not Ben’s")
    ben = as_person(cast.ben)
    page = ben.get("/tasks/").content.decode()
    assert page.index("Overdue") < page.index("Ring them") < page.index("Later")
    assert "Not Ben’s" not in page
    url = f"/leads/{lead.pk}/tasks/{late.pk}"
    answer = ben.post(f"{url}/done/", {"from": "tasks"}, follow=True)
    assert answer.redirect_chain == [("/tasks/", 302)]
    assert "Done today" in answer.content.decode()
    undone = ben.post(f"{url}/reopen/", {"from": "tasks"}, headers={"HX-Request": "true"})
    assert "overdue: " in undone.content.decode()
    assert "Ring them" in ben.get("/tasks/").content.decode()
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    assert "Ring them" not in ben.get("/tasks/").content.decode()


def test_a_day_without_an_hour_is_overdue_when_it_is_over(cast: Cast, lead: Lead) -> None:
    with timezone.override("America/New_York"):
        due, day = tasks.reckon(tasks.moment(timezone.localdate()), None)
        assert tasks.due_label(due, day) == "today"
        task = TaskFactory(lead=lead, due_at=due, due_day=day)
        assert not mine.line(task).is_overdue
        assert timezone.localtime(due).hour == 23


def test_all_that_may_be_put_there_is_shown(cast: Cast, lead: Lead) -> None:
    alike = {"tenant": cast.tenant, "lead": lead, "due_at": timezone.now()}
    Task.of(cast.tenant).bulk_create(Task(**alike, text=f"Step {n}") for n in range(70))
    people = [Contact(tenant=cast.tenant, organisation=lead.organisation) for _ in range(70)]
    Contact.of(cast.tenant).bulk_create(people)
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/")
    assert len(page.context["tasks"]) == 70
    assert len(page.context["contacts"]) >= 70
    Task.of(cast.tenant).bulk_create(Task(**alike, text=f"More {n}") for n in range(40))
    assert "There are more." in as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
