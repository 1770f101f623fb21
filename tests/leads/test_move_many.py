"""Several cards move together; each that can't is counted with the reason."""

from typing import Any

import pytest

from crm.pipeline.models import Kind, Pipeline, Stage
from crm.tenants.models import Membership, User
from leads.models import Batch, Lead, StageMove, Task
from leads.moving import board
from leads.moving.asking import Answers
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def make(cast: Cast, *names: str, **more: Any) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **more)
        for name in names
    ]


def member(cast: Cast, user: User) -> Membership:
    return Membership.of(cast.tenant).get(user=user)


def column(stage: Stage) -> list[str]:
    rows = Lead.of(stage.tenant).filter(stage=stage).order_by("rank", "id")
    return list(rows.values_list("organisation__name", flat=True))


def send(user: User, leads: list[Lead], stage: Stage, **more: Any) -> Any:
    sent = {"lead": [lead.pk for lead in leads], "stage": stage.pk} | more
    return as_person(user).post("/board/move/", sent, headers={"Accept": "application/json"})


def test_they_keep_their_order_below_the_card_above(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    to = cast.stage(Kind.LEAD)
    top, _ = make(cast, "Top", "Bottom", stage=to)
    some = make(cast, "A", "B", "C", "D")
    with django_assert_max_num_queries(30):
        moved = board.move_many(
            [lead.pk for lead in reversed(some)], to=to, by=member(cast, cast.ben), after=top
        )
    assert column(to) == ["Top", "A", "B", "C", "D", "Bottom"]
    assert StageMove.of(cast.tenant).filter(batch=Batch.of(cast.tenant).get().pk).count() == 4
    assert len(moved.leads) == 4


def test_many_are_not_compared_each_with_each_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    some, compared, equals = make(cast, *"ABCDEFGHIJKL"), list[Any](), Lead.__eq__
    monkeypatch.setattr(Lead, "__eq__", lambda *two: compared.append(two) or equals(*two))
    monkeypatch.setattr(Lead, "__hash__", lambda lead: hash(lead.pk))
    to = cast.stage(Kind.LEAD)
    board.move_many([lead.pk for lead in some], to=to, by=member(cast, cast.ben))
    assert column(to) == list("ABCDEFGHIJKL")
    assert len(compared) <= len(some)


def test_what_can_not_be_moved_is_counted_by_reason(cast: Cast) -> None:
    to = cast.stage(Kind.LEAD)
    other = Pipeline.of(cast.tenant).create(tenant=cast.tenant, name="Renewals", position=1)
    due = Stage.of(cast.tenant).create(
        tenant=cast.tenant, pipeline=other, kind=Kind.LEAD, name="Due"
    )
    (there,) = make(cast, "There", stage=to)
    (good, slow) = make(cast, "Good", "Slow")
    (elsewhere,) = make(cast, "Elsewhere", stage=due, pipeline=other)
    (lost,) = make(cast, "Lost")
    board.move(lost, to=cast.stage(Kind.LOST), by=cast.ada)
    LeadFactory(organisation=lost.organisation, stage=cast.stage(Kind.PROSPECT))
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    all_of_them = [there, good, slow, elsewhere, lost, theirs]
    moved = board.move_many(
        [lead.pk for lead in all_of_them],
        to=to,
        by=member(cast, cast.ben),
        versions={slow.pk: 7},
    )
    assert [lead.title for lead in moved.leads] == ["Good"]
    assert moved.skipped == {
        "there already": 1,
        "moved by somebody meanwhile": 1,
        "in another pipeline": 1,
        "pursued already, by another lead": 1,
        "not there, or not yours to see": 1,
    }


def test_of_two_lost_leads_of_one_organisation_one_is_reopened(cast: Cast) -> None:
    (first,) = make(cast, "Quay")
    board.move(first, to=cast.stage(Kind.LOST), by=cast.ada)
    second = LeadFactory(organisation=first.organisation)
    board.move(second, to=cast.stage(Kind.LOST), by=cast.ada)
    both = [first.pk, second.pk]
    moved = board.move_many(both, to=cast.stage(Kind.LEAD), by=member(cast, cast.ben))
    assert (len(moved.leads), moved.skipped.total()) == (1, 1)


def test_a_full_stage_takes_as_many_as_it_has_room_for(cast: Cast) -> None:
    Stage.of(cast.tenant).filter(kind=Kind.LEAD).update(wip_limit=2)
    some = make(cast, "A", "B", "C")
    ids = [lead.pk for lead in some]
    moved = board.move_many(ids, to=cast.stage(Kind.LEAD), by=member(cast, cast.ben))
    assert (len(moved.leads), dict(moved.skipped)) == (2, {"no room in the stage": 1})


def test_a_rep_is_refused_by_a_full_stage_and_an_owner_is_asked(cast: Cast) -> None:
    Stage.of(cast.tenant).filter(kind=Kind.LEAD).update(wip_limit=1)
    to = cast.stage(Kind.LEAD)
    make(cast, "There", stage=to)
    (lead,) = make(cast, "Quay")
    path, sent = f"/leads/{lead.pk}/move/", {"stage": to.pk, "version": 1}
    as_json = {"Accept": "application/json"}
    refused = as_person(cast.ben).post(path, sent, headers=as_json)
    assert refused.status_code == 422
    assert refused.json()["message"].startswith("Lead has 1 of 1. Move a card out of it first")
    owner = as_person(cast.ada)
    asked = owner.post(path, sent, headers=as_json).json()["ask"]
    assert "Lead has 1 of 1." in asked
    assert "Move it all the same?" in asked
    done = owner.post(path, sent | {"answered": 1, "ask-anyway": 1}, headers=as_json)
    assert done.status_code == 200
    assert column(to) == ["Quay", "There"]


def test_lost_asks_why_of_one_and_of_many_and_keeps_it(cast: Cast) -> None:
    lost = cast.stage(Kind.LOST)
    some = make(cast, "A", "B")
    asked = send(cast.ben, some, lost)
    assert asked.status_code == 422
    assert "Why is it lost?" in asked.json()["ask"]
    assert "Choose a reason." in send(cast.ben, some, lost, answered=1).json()["ask"]
    why = {"answered": 1, "ask-reason": "other", "ask-own_words": "Sold to a <chain>"}
    answer = send(cast.ben, some, lost, **why)
    assert answer.json()["message"] == "2 leads moved to Lost."
    assert {lead.lost_reason for lead in Lead.of(cast.tenant)} == {"Sold to a <chain>"}
    assert set(StageMove.of(cast.tenant).values_list("reason", flat=True)) == {"Sold to a <chain>"}
    board.move(some[0], to=cast.stage(Kind.LEAD), by=cast.ben)
    assert Lead.of(cast.tenant).get(pk=some[0].pk).lost_reason == ""


def test_what_a_stage_asks_is_given_to_those_that_lack_it(cast: Cast) -> None:
    Stage.of(cast.tenant).filter(kind=Kind.PROSPECT).update(asks=["owner", "value", "task"])
    to = cast.stage(Kind.PROSPECT)
    mine, nobodys = make(cast, "A", owner=cast.ada, value_pence=500) + make(cast, "B")
    page = as_person(cast.ben).post("/board/move/", {"lead": [mine.pk, nobodys.pk], "stage": to.pk})
    assert page.status_code == 422
    assert "1 has no owner" in page.content.decode()
    said = {
        "answered": 1,
        "ask-owner": cast.ben.pk,
        "ask-value": "1,200",
        "ask-task": "Ring them",
        "ask-due": "2030-01-07",
    }
    asked = send(cast.ben, [mine, nobodys], to, **said | {"ask-due": "0001-01-01"})
    assert "Choose a day of this century." in asked.json()["ask"]
    assert send(cast.ben, [mine, nobodys], to, **said).status_code == 200
    rows = Lead.of(cast.tenant).filter(stage=to).order_by("organisation__name")
    assert [(lead.owner, lead.value_pence) for lead in rows] == [
        (cast.ada, 500),
        (cast.ben, 120_000),
    ]
    assert set(Task.of(cast.tenant).values_list("text", "owner__name")) == {
        ("Ring them", "Ada"),
        ("Ring them", "Ben"),
    }
    assert all(lead.next_due for lead in rows)


def test_a_contact_is_said_of_one_lead_and_otherwise_lacking(cast: Cast) -> None:
    Stage.of(cast.tenant).filter(kind=Kind.PROSPECT).update(asks=["contact"])
    to = cast.stage(Kind.PROSPECT)
    some = make(cast, "A", "B")
    answer = send(cast.ben, some, to)
    assert answer.json()["message"] == "Nothing was moved: 2 no contact."
    assert "ask-contact_name" in send(cast.ben, some[:1], to).json()["ask"]
    said = {"answered": 1, "ask-contact_name": "Jo Quay"}
    assert send(cast.ben, some[:1], to, **said).status_code == 200
    lead = Lead.of(cast.tenant).get(pk=some[0].pk)
    assert lead.contact is not None
    assert (lead.contact.name, lead.contact.organisation) == ("Jo Quay", lead.organisation)


def test_work_that_no_person_does_is_not_asked(cast: Cast) -> None:
    (lead,) = make(cast, "A")
    board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben)
    with pytest.raises(board.Unmet, match="no reason given, which Lost asks for"):
        board.move(
            make(cast, "B")[0],
            to=cast.stage(Kind.LOST),
            by=cast.ben,
            answers=Answers(),
            is_asked=True,
        )


def test_nothing_selected_is_said(cast: Cast) -> None:
    answer = as_person(cast.ben).post("/board/move/", {"lead": ["nonsense"]}, follow=True)
    assert "Select some cards first." in answer.content.decode()
