"""What was done is taken back as a whole, and never over what a colleague did since."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from crm.tenants.models import Membership, Role, User
from leads.changes import batches
from leads.lead import dealing
from leads.models import Batch, Change, Lead, StageMove, TimelineEntry
from leads.moving import board
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import meanwhile
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def leads(cast: Cast, *names: str, **more: Any) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **more)
        for name in names
    ]


def member(cast: Cast, user: User) -> Membership:
    return Membership.of(cast.tenant).get(user=user)


def now(lead: Lead) -> Lead:
    return Lead.of(lead.tenant).get(pk=lead.pk)


def latest(cast: Cast) -> Batch:
    return Batch.of(cast.tenant).latest("id")


def test_a_move_is_taken_back_with_all_that_it_changed(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    was = now(lead)
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    done = undo.undo(latest(cast), member(cast, cast.ben))
    assert done.said == "Undone: Moved Quay Smiles to Customer."
    back = now(lead)
    for name in ("stage", "rank", "closed_at", "stage_since", "owner", "lost_reason"):
        assert getattr(back, name) == getattr(was, name)
    assert back.version == 3, "whoever saw it there must look again"
    assert not back.organisation.is_customer
    step = StageMove.of(cast.tenant).latest("id")
    assert (step.to_stage, step.batch) == (was.stage, done.batch.pk)
    told = TimelineEntry.of(cast.tenant).latest("id")
    assert told.text == "Move undone: back from Customer to Discovery."
    entries = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb="undone")
    assert sorted(entries.values_list("target", flat=True)) == [
        "Moved Quay Smiles to Customer",
        "Quay Smiles",
    ]


def test_it_is_the_movers_for_ten_minutes_and_a_managers_at_any_time(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    other = cast.join("Dora", Role.REP)
    with pytest.raises(undo.UndoRefused, match="Only who did it"):
        undo.undo(latest(cast), member(cast, other))
    Batch.of(cast.tenant).update(at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(undo.UndoRefused, match="more than 10 minutes ago"):
        undo.undo(latest(cast), member(cast, cast.ben))
    assert undo.undo(latest(cast), member(cast, cast.ada)).back
    with pytest.raises(undo.UndoRefused, match="Ada has undone this already"):
        undo.undo(latest(cast), member(cast, cast.ada))
    # Whose it is not is not told who did so.
    with pytest.raises(undo.UndoRefused, match="Only who did it"):
        undo.undo(latest(cast), member(cast, other))


def test_what_somebody_changed_since_is_left_and_told(cast: Cast) -> None:
    some = leads(cast, "Quay Smiles", "Tide Pharmacy", "Harbour Dental")
    ben = member(cast, cast.ben)
    board.move_many([lead.pk for lead in some], to=cast.stage(Kind.LEAD), by=ben)
    batch = latest(cast)
    board.move(some[1], to=cast.stage(Kind.LOST), by=cast.ada)
    done = undo.undo(batch, ben)
    assert done.said == (
        "Undone for 2 of 3. Ada changed Tide Pharmacy since: “Moved from Lead to Lost.”"
    )
    assert [now(lead).stage.kind for lead in some] == [Kind.DISCOVERY, Kind.LOST, Kind.DISCOVERY]
    assert done.batch.left_alone == 1


def test_a_lead_that_came_back_by_other_moves_counts_as_changed(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    batch = latest(cast)
    board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ada)
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ada)
    done = undo.undo(batch, member(cast, cast.ben))
    assert done.said.startswith("Nothing was undone. Ada changed Quay Smiles since")
    assert not latest(cast).undone_at


def test_a_lost_lead_is_not_reopened_beside_another(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben)
    batch = latest(cast)
    LeadFactory(organisation=lead.organisation)
    assert undo.undo(batch, member(cast, cast.ben)).said == (
        "Nothing was undone. Quay Smiles is pursued by another lead now."
    )


def test_any_verb_of_the_table_is_taken_back(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles", owner=cast.ada)
    before = batches.picture(lead, "assign")
    dealing.assign(lead, owner=cast.ben, value_pence=None, by=cast.ben)
    changed = batches.Changed(lead, before, batches.picture(now(lead), "assign"))
    batch = batches.record("assign", "Gave 1 lead to Ben", [changed], by=cast.ben)
    assert batch is not None
    undo.undo(batch, member(cast, cast.ben))
    assert now(lead).owner == cast.ada


def test_an_undo_never_overwrites_a_colleague_who_moves_at_the_same_moment(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    batch, ben = latest(cast), member(cast, cast.ben)
    (came,) = meanwhile(
        lambda: board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ada),
        lambda: undo.undo(batch, ben),
    )
    assert came.said.startswith("Nothing was undone. Ada changed Quay Smiles since")
    assert now(lead).stage.kind == Kind.PROSPECT


def test_the_page_of_changes_undoes_and_survives_a_sign_out(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    browser = as_person(cast.ben)
    sent = {"stage": cast.stage(Kind.LEAD).pk, "version": 1, "from": "board"}
    page = browser.post(f"/leads/{lead.pk}/move/", sent, follow=True).content.decode()
    action = f'action="/leads/changes/{latest(cast).pk}/undo/"'
    assert page.count(action) == 2, "in what is told of the move, and above the board"
    browser.logout()
    browser = as_person(cast.ben)
    assert action in browser.get("/board/").content.decode()
    page = browser.get("/leads/changes/").content.decode()
    assert "Moved Quay Smiles to Lead" in page
    answer = browser.post(
        f"/leads/changes/{latest(cast).pk}/undo/", {"next": "/board/"}, follow=True
    )
    assert answer.redirect_chain == [("/board/", 302)]
    assert "Undone: Moved Quay Smiles to Lead." in answer.content.decode()
    assert now(lead).stage.kind == Kind.DISCOVERY


def test_a_manager_sees_and_reverts_what_others_did_and_a_rep_only_their_own(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles")
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    assert "Revert" in as_person(cast.ada).get("/leads/changes/").content.decode()
    dora = as_person(cast.join("Dora", Role.REP))
    assert "Quay Smiles" not in dora.get("/leads/changes/").content.decode()
    answer = dora.post(
        f"/leads/changes/{latest(cast).pk}/undo/", headers={"Accept": "application/json"}
    )
    assert answer.json()["message"].startswith("Only who did it")
    assert Change.of(cast.tenant).get().undone_at is None
