"""An act on many leads, while filters, words, tags and leads change under its hands."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from crm.work import queue
from crm.work.lease import FREE, Lease
from crm.work.models import State
from leads.bulk import bulk
from leads.bulk.acts import ACTS
from leads.models import Batch, Bulk, Lead
from leads.moving import board, moving
from leads.records.custom import Tagging
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import TagFactory
from tests.leads.pieces import piece
from tests.meanwhile import begun, meanwhile
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")
URL = "/leads/bulk/"


def leads(cast: Cast, *names: str, **more: Any) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **more)
        for name in names
    ]


def member(cast: Cast, name: str = "ada") -> Membership:
    rows = Membership.of(cast.tenant).select_related("tenant", "user")
    return rows.get(user=getattr(cast, name))


def tagged(cast: Cast, lead: Lead) -> Any:
    tag = TagFactory(tenant=cast.tenant, name="VIP")
    Tagging.of(cast.tenant).create(tenant=cast.tenant, lead=lead, tag=tag)
    return tag


def send(browser: Client, query: str, **fields: str) -> Any:
    headers = {"HX-Request": "true"}
    return browser.post(URL, {"all": "1", "query": query} | fields, headers=headers)


def begin(cast: Cast, verb: str, given: dict[str, str], **wanted: Any) -> Bulk:
    return bulk.begin(ACTS[verb](given), member(cast), idents=None, wanted=wanted)


@pytest.mark.parametrize("fields", [{"do": "delete", "asked_about": "1"}, {"ask": "export"}])
def test_without_its_filter_all_that_match_are_not_all_there_are(
    cast: Cast, fields: dict[str, str]
) -> None:
    vip, _ = leads(cast, "Quay Smiles", "Tide Pharmacy")
    tag, ada = tagged(cast, vip), as_person(cast.ada)
    query = f"tag={tag.pk}"
    asked = send(ada, query, ask="delete").content.decode()
    assert "Delete the 1 lead that matches?" in asked
    assert 'name="asked_about" value="1"' in asked
    tag.delete()
    answer = send(ada, query, **fields)
    assert answer.status_code == 409
    assert "a filter of this list is gone meanwhile, Tags" in answer.content.decode()
    assert not Bulk.of(cast.tenant).exists()
    file = ada.get(f"/leads/export/?{query}&what=leads&as=csv", follow=True)
    assert "No file was made" in file.content.decode()


def test_a_list_whose_address_names_what_is_gone_acts_on_what_is_ticked_alone(cast: Cast) -> None:
    (lead,) = leads(cast, "Quay Smiles", tier="hot")
    tag, ada = tagged(cast, lead), as_person(cast.ada)
    gone = str(tag.pk)
    tag.delete()
    page = ada.get(f"/leads/?tag={gone}&tier=hot&sort=name")
    query = page.context["query"]
    assert query == f"tier=hot&where=tag:is:{gone}&sort=name"
    assert send(ada, query, ask="delete").status_code == 409
    ticked = {"lead": str(lead.pk), "query": query, "ask": "delete"}
    assert ada.post(URL, ticked).status_code == 200
    cleared = page.context["form"].cleared
    assert cleared == "tier=hot&sort=name"
    assert send(ada, cleared, ask="delete").status_code == 200


@pytest.mark.parametrize("asked_about", ["1", "", "none"])
def test_where_more_match_than_was_said_it_asks_again(cast: Cast, asked_about: str) -> None:
    leads(cast, "Quay Smiles", "Tide Pharmacy", tier="hot")
    ada, given = as_person(cast.ada), {"do": "assign", "to_owner": str(cast.ben.pk)}
    answer = send(ada, "tier=hot", asked_about=asked_about, **given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Give all 2 leads that match to" in page
    assert f'value="{cast.ben.pk}" selected' in page
    assert not Bulk.of(cast.tenant).exists()
    send(ada, "tier=hot", asked_about="2", **given)
    assert Bulk.of(cast.tenant).exists()


def test_an_act_on_what_was_found_never_goes_on_with_what_is_only_alike(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 4)
    leads(cast, *["Tregenza"] * 11)
    (alike,) = leads(cast, "Tregensa")
    row = begin(cast, "delete", {}, q="tregenza")
    while row.state != State.DONE:
        row = piece(row)
    assert row.done == 11
    assert Lead.of(cast.tenant).get() == alike


def test_an_act_on_what_is_alike_means_what_was_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 1)
    shown = leads(cast, "Tregenza", "Tregensa")
    row = begin(cast, "assign", {"owner": str(cast.ben.pk)}, q="tregenza")
    (late,) = leads(cast, "Tregonza")
    while row.state != State.DONE:
        row = piece(row)
    assert set(Lead.of(cast.tenant).filter(owner=cast.ben)) == set(shown)
    assert late.owner != cast.ben


def test_who_stops_it_waits_for_the_piece_under_way(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads(cast, "Quay Smiles", owner=cast.ada)
    row = begin(cast, "assign", {"owner": str(cast.ben.pk)})
    finish, coming = Lease.finish, list[Future[Any]]()

    def late(lease: Lease, work: Any, **changes: Any) -> None:
        coming.append(begun(pool, lambda: bulk.stop(row)))
        finish(lease, work, **changes)

    monkeypatch.setattr(Lease, "finish", late)
    with ThreadPoolExecutor(1) as pool:
        assert piece(row).done == 1
    assert coming[0].result() is False
    assert Lead.of(cast.tenant).get().owner == cast.ben


@pytest.mark.parametrize("verb", ["tag", "untag"])
def test_to_say_what_is_done_with_a_tag_holds_nothing(cast: Cast, verb: str) -> None:
    act = ACTS[verb]({"tag": str(TagFactory(tenant=cast.tenant, name="VIP").pk)})
    # Outside of a transaction nothing could be held.
    assert transaction.get_autocommit()
    act.check(cast.tenant)
    assert "VIP" in act.did(2, cast.tenant)


def test_what_is_deleted_while_it_is_undone_is_counted(cast: Cast) -> None:
    gone, stays = leads(cast, "Quay Smiles", "Tide Pharmacy")
    ben, there = member(cast, "ben"), cast.stage(Kind.LEAD)
    batch = board.move_many([gone.pk, stays.pk], to=there, by=ben).batch
    assert batch is not None
    (came,) = meanwhile(gone.delete, lambda: undo.undo(batch, ben))
    assert came.said == "Undone for 1 of 2. A lead was deleted at the same moment."


def test_what_has_been_undone_is_not_queued_again(cast: Cast) -> None:
    leads(cast, "Quay Smiles", "Tide Pharmacy", owner=cast.ada)
    row = begin(cast, "assign", {"owner": ""})
    Bulk.of(cast.tenant).update(state=State.DEAD, **FREE)
    with transaction.atomic():
        Batch.of(cast.tenant).filter(pk=row.batch_id).update(undone_at="2026-01-01T00:00:00Z")
        queued, [why] = queue.all_again(bulk.TABLE, list(Bulk.of(cast.tenant)))
    assert not queued
    assert why.endswith("has been undone: there is nothing to go on with.")
    assert Bulk.of(cast.tenant).get().state == State.DEAD


def test_another_lead_that_is_opened_at_the_same_moment_leaves_the_rest_to_be_moved(
    cast: Cast,
) -> None:
    lost = {"stage": cast.stage(Kind.LOST), "closed_at": "2026-01-01T00:00:00Z"}
    first, second = leads(cast, "Quay Smiles", "Tide Pharmacy", **lost)
    act = ACTS["move"]({"stage": str(cast.stage(Kind.LEAD).pk)})
    ([_, outcome],) = meanwhile(
        lambda: LeadFactory(organisation=first.organisation),
        lambda: bulk.do(act, [first.pk, second.pk], member(cast)),
    )
    assert (outcome.done, outcome.skipped) == (1, {moving.PURSUED: 1})
    assert Lead.of(cast.tenant).get(pk=second.pk).stage.kind == Kind.LEAD


def test_an_undo_tells_nothing_of_what_happened_out_of_ones_sight(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = "own", False
    cast.tenant.save()
    (lead,) = leads(cast, "Quay Smiles", owner=cast.ben)
    batch, _ = bulk.do(ACTS["assign"]({"owner": str(cast.ada.pk)}), [lead.pk], member(cast, "ben"))
    assert batch is not None
    bulk.do(ACTS["assign"]({"owner": ""}), [lead.pk], member(cast))
    said = undo.undo(batch, member(cast, "ben")).said
    assert said == "Nothing was undone. A lead that you no longer see was left as it is."


@pytest.mark.parametrize("verb", ["delete", "undo"])
def test_an_undo_of_what_left_nothing_to_put_back_is_answered_in_words(
    cast: Cast, verb: str
) -> None:
    batch = Batch.of(cast.tenant).create(
        tenant=cast.tenant, verb=verb, said="Deleted 2 leads", many=2, by=cast.ada
    )
    answer = as_person(cast.ada).post(f"/leads/changes/{batch.pk}/undo/", follow=True)
    assert answer.status_code == 200
    said = "Nothing was undone" if verb == "delete" else "An undo can&#x27;t be undone"
    assert said in answer.content.decode()
