"""Calls, tasks and mentions: what becomes of the lead, of colleagues, and of two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.tenants.models import Reach, Tenant
from leads.leaving import task_handover
from leads.models import Lead, Task, TimelineEntry
from leads.page import notes
from leads.work import calls, tasks
from leads.work.calls import FollowUp, Outcome
from leads.work.forms import next_working_day
from tests.factories.leads import LeadFactory, OrganisationFactory, TaskFactory
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person

SOON = timedelta(days=1)


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Harbour Dental"))


@pytest.mark.django_db
def test_the_lead_knows_when_its_first_task_is_due(cast: Cast, lead: Lead) -> None:
    now = timezone.now()
    later = tasks.add(lead, "Visit", due_at=now + 5 * SOON, owner=cast.ben, by=cast.ben)
    first = tasks.add(lead, "Ring", due_at=now + SOON, owner=None, by=cast.ben)
    lead.refresh_from_db()
    assert lead.next_due == first.due_at
    tasks.done(first, by=cast.ada)
    lead.refresh_from_db()
    assert lead.next_due == later.due_at
    tasks.drop(later, by=cast.ben)
    lead.refresh_from_db()
    assert lead.next_due is None
    tasks.reopen(first, by=cast.ben)
    lead.refresh_from_db()
    assert lead.next_due == first.due_at
    told = set(
        AuditEntry.objects.filter(tenant_id=cast.tenant.pk, target_type="leads.task").values_list(
            "verb", flat=True
        )
    )
    assert {"added", "did", "dropped", "reopened"} <= told


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_settle_a_task_the_first_one_did_it(cast: Cast, lead: Lead) -> None:
    task = TaskFactory(lead=lead, owner=cast.ben)
    meanwhile(
        lambda: tasks.done(task, by=cast.ada),
        lambda: tasks.drop(Task.of(cast.tenant).select_related("lead__tenant").get(), by=cast.ben),
    )
    task = Task.of(cast.tenant).get()
    assert (task.done_by, task.is_dropped) == (cast.ada, False)
    assert TimelineEntry.of(cast.tenant).get().text == "Done: Send the quote"


@pytest.mark.usefixtures("committed_db")
def test_two_who_plan_at_once_leave_the_first_day_in_the_lead(cast: Cast, lead: Lead) -> None:
    now = timezone.now()
    meanwhile(
        lambda: tasks.add(lead, "Visit", due_at=now + 3 * SOON, owner=None, by=cast.ada),
        lambda: tasks.add(lead, "Ring", due_at=now + SOON, owner=None, by=cast.ben),
    )
    assert Lead.of(cast.tenant).get().next_due == now + SOON


@pytest.mark.django_db
def test_a_task_that_changed_meanwhile_is_not_written_over(cast: Cast, lead: Lead) -> None:
    task = TaskFactory(lead=lead, owner=cast.ben)
    ben = as_person(cast.ben)
    url = f"/leads/{lead.pk}/tasks/{task.pk}/"
    seen = tasks.mark(task)
    Task.of(cast.tenant).update(text="Send two quotes")
    sent = {"text": "Send none", "day": "2027-03-01", "owner": "", "seen": seen}
    answer = ben.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A colleague changed this task meanwhile. It is “Send two quotes”" in page
    assert "Send none" in page
    again = sent | {"seen": tasks.mark(Task.of(cast.tenant).get())}
    assert ben.post(url, again).status_code == 302
    assert Task.of(cast.tenant).get().text == "Send none"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " ", "day": "2027-03-01"}, "Say what is to be done."),
        ({"text": "x" * 201, "day": "2027-03-01"}, "at most 200 characters"),
        ({"text": "Ring", "day": "31/02"}, "Write a day like 2027-03-01"),
        ({"text": "Ring", "day": "0202-03-01"}, "more than ten years away"),
    ],
)
def test_what_is_no_task_is_asked_again(
    cast: Cast, lead: Lead, sent: dict[str, str], said: str
) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/tasks/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Task.of(cast.tenant).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "has_spoken"),
    [(Outcome.REACHED, True), (Outcome.CALL_BACK, True), (Outcome.VOICEMAIL, False)],
)
def test_a_call_counts_as_contact_when_somebody_was_reached(
    cast: Cast, lead: Lead, outcome: Outcome, has_spoken: bool
) -> None:
    due = timezone.now() + SOON
    calls.log(lead, outcome, note="Nice", follow_up=FollowUp("Send the quote", due), by=cast.ben)
    lead.refresh_from_db()
    assert (lead.contacted_at is not None) == has_spoken
    assert lead.next_due == due
    assert Task.of(cast.tenant).get().owner == cast.ben
    entry = TimelineEntry.of(cast.tenant).get(kind="call")
    assert (entry.outcome, entry.text) == (outcome, "Nice")


@pytest.mark.django_db
def test_a_call_by_the_page(cast: Cast, lead: Lead) -> None:
    ben = as_person(cast.ben)
    url = f"/leads/{lead.pk}/calls/"
    answer = ben.post(url, {"text": "Hm", "follow": "Ring again"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say how the call went." in page
    assert "Say by which day this is to be done." in page
    assert "Ring again" in page
    page = ben.post(url, {"outcome": "no_answer"}, follow=True).content.decode()
    assert "Call written down." in page
    assert "No answer" in page


@pytest.mark.django_db
def test_who_is_mentioned_is_told_if_they_see_the_lead(cast: Cast, lead: Lead) -> None:
    said = notes.write(lead, "@ada please ring; @Vera too, @nobody, jo@ben.example", by=cast.ben)
    assert said.sentence == "Ada and Vera were told."
    told = Notice.of(cast.tenant)
    assert {notice.user for notice in told} == {cast.ada, cast.vera}
    assert told.first().text.startswith("Ben mentioned you at Harbour Dental: @ada please ring")  # type: ignore[union-attr]
    Tenant.objects.filter(pk=cast.tenant.pk).update(
        viewer_reach=Reach.OWN, shows_unowned=False, rep_reach=Reach.ALL
    )
    lead.refresh_from_db()
    page = (
        as_person(cast.ben)
        .post(f"/leads/{lead.pk}/notes/", {"text": "@Vera look"}, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "Vera does not see this lead and heard nothing: share it first." in page
    assert told.count() == 2


@pytest.mark.django_db
def test_whoever_gets_the_leads_of_somebody_gets_their_tasks(cast: Cast, lead: Lead) -> None:
    for owner in (cast.ben, cast.ada):
        TaskFactory(lead=lead, owner=owner)
    assert task_handover.count(cast.tenant, cast.ben) == 1
    task_handover.give(cast.tenant, cast.ben, cast.ada, cast.ada)
    assert Task.of(cast.tenant).filter(owner=cast.ada).count() == 2


@pytest.mark.django_db
def test_what_follows_a_call_is_proposed_for_the_next_working_day(cast: Cast, lead: Lead) -> None:
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/")
    assert page.context["call_form"]["day"].value() == next_working_day()
