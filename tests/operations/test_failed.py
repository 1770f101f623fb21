"""Queueing failed rows again: one, or all of a table, and never another company's."""

from typing import Any

import pytest
from django_q.models import OrmQ

from crm.ledger.models import AuditEntry
from crm.operations import reviving
from crm.work.models import State
from leads.models import FlowStep
from tests.factories.campaigns import CampaignFactory, RunFactory, SourceRunFactory
from tests.operations.conftest import Steps
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LIST = "/operations/failed/leads.flowstep/"
ALL = f"{LIST}again/"


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def states(cast: Cast) -> list[str]:
    return sorted(FlowStep.of(cast.tenant).values_list("state", flat=True))


def test_one_row_is_queued_again_with_a_clean_record(
    cast: Cast, steps: Steps, django_capture_on_commit_callbacks: Any
) -> None:
    step, other = steps(2)
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_person(cast.ada).post(f"{LIST}{step.pk}/again/", follow=True)
    assert said(answer) == ["Queued 1 again."]
    assert answer.request["PATH_INFO"] == "/operations/"
    step.refresh_from_db()
    other.refresh_from_db()
    assert (step.state, step.attempts, step.last_error) == (State.READY, 0, "")
    assert other.state == State.DEAD
    entry = AuditEntry.objects.get(verb="queued again")
    assert (entry.actor, entry.target_id) == ("Ada", str(step.pk))
    assert OrmQ.objects.count() == 1


def test_who_comes_second_is_told_so(cast: Cast, steps: Steps) -> None:
    (step,) = steps(1)
    ada = as_person(cast.ada)
    ada.post(f"{LIST}{step.pk}/again/")
    answer = ada.post(f"{LIST}{step.pk}/again/", {"from": "list"}, follow=True)
    assert said(answer)[-1] == "That has been queued again already."
    assert answer.request["PATH_INFO"] == LIST
    assert AuditEntry.objects.filter(verb="queued again").count() == 1


def test_all_are_queued_again(cast: Cast, steps: Steps) -> None:
    steps(3)
    steps(1, state=State.DONE)
    theirs = steps(1, tenant=cast.other)
    answer = as_person(cast.ada).post(ALL, {"from": "list"}, follow=True)
    assert said(answer) == ["Queued 3 again."]
    assert "None has failed" in answer.content.decode()
    assert states(cast) == [State.DONE, *[State.READY] * 3]
    theirs[0].refresh_from_db()
    assert theirs[0].state == State.DEAD
    assert AuditEntry.objects.filter(verb="queued again", actor="Ada").count() == 3


def test_nobody_waits_for_too_many(
    cast: Cast, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviving, "CHUNK", 2)
    monkeypatch.setattr(reviving, "SECONDS", 0)
    steps(5)
    answer = as_person(cast.ada).post(ALL, follow=True)
    assert said(answer) == ["Queued 2 again. 3 are left: press it once more."]
    assert states(cast).count(State.DEAD) == 3


def test_what_can_not_be_queued_stays_and_it_is_said_why(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, name="Dentists")
    failed = RunFactory(campaign=campaign, state="failed")
    stuck = [SourceRunFactory(run=failed, source=name, state=State.DEAD) for name in ("one", "two")]
    RunFactory(campaign=campaign, state="running")
    free = SourceRunFactory(
        run=RunFactory(campaign=CampaignFactory(tenant=cast.tenant), state="failed"),
        state=State.DEAD,
    )
    answer = as_person(cast.ada).post("/operations/failed/campaigns.sourcerun/again/", follow=True)
    assert said(answer) == [
        "Queued 1 again.",
        "“Dentists” has a newer run, which went on behind this one.",
    ]
    for row in (*stuck, free):
        row.refresh_from_db()
    assert [row.state for row in (*stuck, free)] == [State.DEAD, State.DEAD, State.READY]


def test_a_row_of_another_company_does_not_exist(cast: Cast, steps: Steps) -> None:
    (step,) = steps(1)
    assert as_person(cast.charlie).post(f"{LIST}{step.pk}/again/").status_code == 404
    assert as_person(cast.charlie).post(ALL).status_code == 302
    step.refresh_from_db()
    assert step.state == State.DEAD


def test_only_owners_and_managers_may(cast: Cast, steps: Steps) -> None:
    (step,) = steps(1)
    for person in (cast.ben, cast.vera):
        assert as_person(person).post(f"{LIST}{step.pk}/again/").status_code == 403
        assert as_person(person).post(ALL).status_code == 403
    step.refresh_from_db()
    assert step.state == State.DEAD


@pytest.mark.parametrize("name", ["leads.lead", "nothing", "campaigns.campaign"])
def test_a_table_that_is_none_of_work_does_not_exist(cast: Cast, name: str) -> None:
    ada = as_person(cast.ada)
    assert ada.get(f"/operations/failed/{name}/").status_code == 404
    assert ada.post(f"/operations/failed/{name}/again/").status_code == 404


def test_a_long_list_is_turned_page_by_page_the_latest_first(cast: Cast, steps: Steps) -> None:
    made = steps(60)
    ada, url, shown = as_person(cast.ada), LIST, []
    for _ in range(4):
        answer = ada.get(url)
        shown.append([each.row.pk for each in answer.context["rows"]])
        if not answer.context["behind"]:
            break
        url = f"{LIST}?behind={answer.context['behind']}"
    assert [len(rows) for rows in shown] == [25, 25, 10]
    assert [pk for rows in shown for pk in rows] == [step.pk for step in made]
    page = ada.get("/operations/").content.decode()
    assert page.count("Queue again:") == 5
    assert f'<a href="{LIST}">All 60</a>' in page


@pytest.mark.parametrize("cursor", ["x", "1-2", "9" * 18 + "-" + "0" * 32, "%00", "-" * 9])
def test_a_cursor_that_was_tampered_with_means_the_first_page(
    cast: Cast, steps: Steps, cursor: str
) -> None:
    steps(1)
    answer = as_person(cast.ada).get(LIST, {"behind": cursor})
    assert len(answer.context["rows"]) == 1


def test_a_page_of_the_list_asks_the_database_no_more_when_it_is_longer(
    cast: Cast, steps: Steps, django_assert_max_num_queries: Any
) -> None:
    ada = as_person(cast.ada)
    steps(1)
    with django_assert_max_num_queries(12) as few:
        ada.get(LIST)
    steps(40)
    with django_assert_max_num_queries(len(few)):
        ada.get(LIST)


def test_what_nobody_expects_any_more_is_set_aside(cast: Cast, steps: Steps) -> None:
    steps(1)
    step = FlowStep.of(cast.tenant).get()
    error = step.last_error
    ada = as_person(cast.ada)
    path = f"/operations/failed/leads.flowstep/{step.pk}/aside/"
    assert "Set aside" in ada.get("/operations/").content.decode()
    assert as_person(cast.ben).post(path).status_code == 403
    assert as_person(cast.charlie).post(path).status_code == 404
    said = ada.post(path, follow=True).content.decode()
    assert "Set aside. Its error stays" in said
    assert "Everything runs" in said or "have failed" not in said
    step.refresh_from_db()
    assert (step.state, step.last_error) == (State.DONE, error)
    assert "It has not failed any more." in ada.post(path, follow=True).content.decode()
    assert AuditEntry.objects.filter(verb="set aside", actor="Ada").count() == 1
