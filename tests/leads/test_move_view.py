"""The board's answers: each says in words what happened and shows where the card truly is."""

from typing import Any

import pytest
from django.http import HttpResponse

from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import User
from leads.models import Lead
from leads.moving import board
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental")
    return LeadFactory(organisation=organisation)


def drop(user: User, lead: Lead, stage: Stage | str, **more: Any) -> HttpResponse:
    """Drop the card as the board's script does."""
    sent = {"stage": getattr(stage, "pk", stage), "version": lead.version, "after": ""} | more
    return as_person(user).post(
        f"/leads/{lead.pk}/move/", sent, headers={"Accept": "application/json"}
    )


def where(lead: Lead) -> str:
    return Lead.of(lead.tenant).get(pk=lead.pk).stage.kind


def test_a_move_answers_with_the_card_and_the_counts(cast: Cast, lead: Lead) -> None:
    prospect = cast.stage(Kind.PROSPECT)
    answer = drop(cast.ben, lead, prospect)
    assert answer.status_code == 200
    said = answer.json()
    assert said["message"] == "Harbour Dental moved to Prospect."
    assert said["sums"][str(prospect.pk)]["count"] == "1"
    (card,) = said["cards"]
    assert card["stage"] == str(prospect.pk)
    assert f'id="lead-{lead.pk}"' in card["html"]
    assert 'data-version="2"' in card["html"]
    assert said["undo"].endswith("/undo/")


def test_whoever_was_slower_is_told_who_was_faster_and_sees_the_truth(
    cast: Cast, lead: Lead
) -> None:
    opportunity = cast.stage(Kind.OPPORTUNITY)
    board.move(lead, to=opportunity, by=cast.ada, version=1)
    answer = drop(cast.ben, lead, cast.stage(Kind.LOST))
    assert answer.status_code == 409
    said = answer.json()
    assert said["message"] == (
        "Ada moved Harbour Dental to Opportunity meanwhile. It stands there now."
    )
    assert said["sums"][str(opportunity.pk)]["count"] == "1"
    assert said["cards"][0]["stage"] == str(opportunity.pk)
    assert 'data-version="2"' in said["cards"][0]["html"]
    assert where(lead) == Kind.OPPORTUNITY


def test_whoever_moved_it_in_another_window_is_told_so(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.OPPORTUNITY), by=cast.ben, version=1)
    answer = drop(cast.ben, lead, cast.stage(Kind.LOST))
    assert answer.status_code == 409
    assert answer.json()["message"] == (
        "You moved Harbour Dental to Opportunity meanwhile, in another window. It stands there now."
    )


def test_a_stage_that_was_deleted_is_gone(cast: Cast, lead: Lead) -> None:
    lost = cast.stage(Kind.LOST)
    gone = lost.pk
    lost.delete()
    answer = drop(cast.ben, lead, str(gone))
    assert answer.status_code == 410
    assert "That stage was deleted meanwhile." in answer.json()["message"]
    assert answer.json()["cards"][0]["stage"] == str(cast.stage(Kind.DISCOVERY).pk)


@pytest.mark.parametrize("stage", ["", "nonsense", "1"])
def test_a_move_to_no_stage_asks_for_one(cast: Cast, lead: Lead, stage: str) -> None:
    answer = drop(cast.ben, lead, stage)
    assert answer.status_code == 422
    assert answer.json()["message"] == "Choose the stage to move to."


def test_a_move_to_another_pipeline_is_refused(cast: Cast, lead: Lead) -> None:
    other = (
        cast.stage(Kind.LEAD)
        .pipeline.__class__.of(cast.tenant)
        .create(tenant=cast.tenant, name="Renewals", position=1)
    )
    due = Stage.of(cast.tenant).create(
        tenant=cast.tenant, pipeline=other, kind=Kind.LEAD, name="Due"
    )
    answer = drop(cast.ben, lead, due)
    assert answer.status_code == 422
    assert "Due belongs to another pipeline." in answer.json()["message"]
    assert where(lead) == Kind.DISCOVERY


@pytest.mark.parametrize("after", ["nonsense", "0195f3a0-0000-7000-8000-000000000000"])
def test_a_card_above_that_is_not_there_does_no_harm(cast: Cast, lead: Lead, after: str) -> None:
    answer = drop(cast.ben, lead, cast.stage(Kind.LEAD), after=after)
    assert answer.status_code in (200, 422)
    assert answer.json()["message"]


def test_a_viewer_may_not_move(cast: Cast, lead: Lead) -> None:
    answer = drop(cast.vera, lead, cast.stage(Kind.LEAD))
    assert answer.status_code == 403
    assert "As a viewer you may not move leads or write notes." in answer.content.decode()
    assert where(lead) == Kind.DISCOVERY


def test_the_board_gets_its_refusal_as_json(cast: Cast, lead: Lead) -> None:
    answer = drop(cast.vera, lead, cast.stage(Kind.LEAD))
    assert answer.headers["Content-Type"] == "application/json"
    assert "may not move" in answer.json()["message"]


def test_the_form_without_javascript_moves_and_says_so(cast: Cast, lead: Lead) -> None:
    browser = as_person(cast.ben)
    page = browser.get(f"/leads/{lead.pk}/move/").content.decode()
    prospect = cast.stage(Kind.PROSPECT)
    assert f'value="{prospect.pk}"' in page
    assert 'name="version" value="1"' in page
    answer = browser.post(
        f"/leads/{lead.pk}/move/", {"stage": prospect.pk, "version": 1}, follow=True
    )
    assert answer.redirect_chain == [(f"/leads/{lead.pk}/", 302)]
    assert "Harbour Dental moved to Prospect." in answer.content.decode()


def test_the_form_opened_from_the_board_leads_back_to_it(cast: Cast, lead: Lead) -> None:
    browser = as_person(cast.ben)
    assert f"/leads/{lead.pk}/move/?from=board" in browser.get("/board/").content.decode()
    page = browser.get(f"/leads/{lead.pk}/move/?from=board").content.decode()
    assert 'name="from" value="board"' in page
    sent = {"stage": cast.stage(Kind.PROSPECT).pk, "version": 1, "from": "board"}
    answer = browser.post(f"/leads/{lead.pk}/move/", sent, follow=True)
    assert answer.redirect_chain == [("/board/", 302)]
    assert "Harbour Dental moved to Prospect." in answer.content.decode()


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/admin/", ""])
def test_the_form_leads_nowhere_else(cast: Cast, lead: Lead, place: str) -> None:
    browser = as_person(cast.ben)
    page = browser.get(f"/leads/{lead.pk}/move/", {"from": place})
    assert 'name="from"' not in page.content.decode()
    sent = {"stage": cast.stage(Kind.PROSPECT).pk, "version": 1, "from": place}
    answer = browser.post(f"/leads/{lead.pk}/move/", sent)
    assert answer.headers["Location"] == f"/leads/{lead.pk}/"


def test_the_form_that_was_refused_still_leads_back_to_the_board(cast: Cast, lead: Lead) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/move/", {"from": "board"})
    assert answer.status_code == 422
    assert 'name="from" value="board"' in answer.content.decode()


def test_the_form_without_javascript_shows_why_it_was_refused(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ada)
    answer = as_person(cast.ben).post(
        f"/leads/{lead.pk}/move/", {"stage": cast.stage(Kind.LOST).pk, "version": 1}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ada moved Harbour Dental to Lead meanwhile." in page
    assert 'name="version" value="2"' in page


def test_the_form_without_a_choice_asks_for_one(cast: Cast, lead: Lead) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/move/", {"version": 1})
    assert answer.status_code == 422
    assert "Choose the stage to move to." in answer.content.decode()


def test_a_card_above_of_another_company_is_written_down_as_a_refusal(
    cast: Cast, lead: Lead
) -> None:
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    assert drop(cast.ben, lead, cast.stage(Kind.LEAD), after=str(theirs.pk)).status_code == 200
    entry = AuditEntry.objects.get(kind="refused")
    assert (entry.actor, entry.tenant_id) == ("Ben", cast.tenant.pk)
    why = AuditPayload.objects.get(pk=entry.pk).after["why"]
    assert why == "They sent the id of something that is not in their company."
    # One that was deleted meanwhile is nobody's fault.
    drop(cast.ben, lead, cast.stage(Kind.PROSPECT), after="0195f3a0-0000-7000-8000-000000000000")
    assert AuditEntry.objects.filter(kind="refused").count() == 1
