"""Deleted leads come back within ten minutes as they were, and are kept no longer than that."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from guardian.shortcuts import assign_perm

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership
from leads.acts.delete import Delete
from leads.bulk import bulk
from leads.changes import batches
from leads.changes.undone import Undone
from leads.lead import customers
from leads.merging import merge as merging
from leads.merging import relations, unmerge
from leads.merging.refused import UnknownRelation
from leads.models import (
    Batch,
    Lead,
    LeadWithPerson,
    Organisation,
    RemovedRow,
    TimelineEntry,
)
from leads.moving import board
from leads.records import tallies
from leads.records.custom import Tagging
from leads.removal import images
from leads.undo import undo
from tests.factories.leads import (
    ContactFactory,
    FlowStepFactory,
    LeadFactory,
    OrganisationFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.own import TagFactory, TaggingFactory
from tests.leads import trees
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def owner(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


def add(cast: Cast, name: str = "Quay Smiles", **more: Any) -> Lead:
    lead: Lead = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name=name), **more
    )
    return lead


def delete(cast: Cast, *leads: Lead) -> Batch:
    batch, outcome = bulk.do(Delete({}), [lead.pk for lead in leads], owner(cast))
    assert batch is not None
    assert outcome.done == len(leads)
    return batch


def take_back(cast: Cast, batch: Batch) -> Undone:
    return undo.undo(batch, owner(cast))


def stands() -> dict[str, list[Any]]:
    found = trees.as_they_stand()
    told = found["leads_timelineentry"]
    found["leads_timelineentry"] = [row for row in told if "brought back" not in row]
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_row_is_as_it_was(cast: Cast, seed: int) -> None:
    forest = trees.Forest(cast, seed)
    for _ in range(4):
        forest.organisation()
    leads = list(Lead.of(cast.tenant))
    customers.settle(leads, tenant=cast.tenant)
    FlowStepFactory(lead=leads[0], state="leased", lease_holder="dead:1")
    TimelineEntryFactory(lead=leads[0], kind="note", text="They like herons.")
    tallies.fold()
    before, sums = stands(), tallies.read(cast.tenant)
    batch = delete(cast, *leads)
    assert not Lead.of(cast.tenant).exists()
    assert stands()["words"] == []
    found = take_back(cast, batch)
    assert found.said == f"Undone: Deleted {len(leads)} lead{'s' if len(leads) > 1 else ''}."
    assert {name: rows for name, rows in stands().items() if rows != before[name]} == {}
    assert {stage: sum_ for stage, sum_ in tallies.read(cast.tenant).items() if sum_.leads} == sums
    assert Lead.of(cast.tenant).get(pk=leads[0].pk).step.state == "ready"
    assert not RemovedRow.of(cast.tenant).exists()
    verbs = AuditEntry.objects.filter(target_id=str(leads[0].pk), target_type="leads.lead")
    assert list(verbs.order_by("pk").values_list("verb", flat=True))[-2:] == ["deleted", "restored"]


def test_a_relation_that_nobody_thought_of_is_refused_before_anything_is_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {each.label for each in images.along()} >= {"leads.task", "campaigns.finding"}
    monkeypatch.setattr(relations, "TABLE", relations.TABLE[:-1])
    lead = add(cast)
    with pytest.raises(UnknownRelation):
        delete(cast, lead)
    assert Lead.of(cast.tenant).exists()


def test_the_list_deletes_with_a_way_back_that_the_next_page_offers(cast: Cast) -> None:
    lead = add(cast)
    ada = as_person(cast.ada)
    page = ada.post("/leads/bulk/", {"lead": str(lead.pk), "do": "delete"}, follow=True)
    batch = Batch.of(cast.tenant).get()
    assert f"/leads/changes/{batch.pk}/undo/" in page.content.decode()
    answer = ada.post(f"/leads/changes/{batch.pk}/undo/", {"next": "/leads/"}, follow=True)
    assert "Undone: Deleted 1 lead." in answer.content.decode()
    assert Lead.of(cast.tenant).get().pk == lead.pk
    told = TimelineEntry.of(cast.tenant).filter(lead=lead)
    assert told.latest("id").text == "Deleted, and brought back."


def test_what_was_done_before_can_still_be_undone_after_that(cast: Cast) -> None:
    lead = add(cast)
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    move = Batch.of(cast.tenant).get()
    take_back(cast, delete(cast, lead))
    undo.undo(move, Membership.of(cast.tenant).get(user=cast.ben))
    assert Lead.of(cast.tenant).get().stage.kind == Kind.DISCOVERY


def test_after_ten_minutes_nobody_brings_it_back_and_nothing_is_kept(cast: Cast) -> None:
    batch = delete(cast, add(cast))
    images.forget_old()
    assert RemovedRow.of(cast.tenant).exists()
    late = timezone.now() - batches.UNDO_FOR - timedelta(seconds=1)
    Batch.of(cast.tenant).update(at=late)
    with pytest.raises(undo.UndoRefused, match="it can't come back"):
        take_back(cast, batch)
    assert "Revert" not in as_person(cast.ada).get("/leads/changes/").content.decode()
    Batch.of(cast.tenant).update(at=late - images.MARGIN)
    images.forget_old()
    assert not RemovedRow.of(cast.tenant).exists()


def test_who_bought_is_a_customer_again_and_who_comes_back_otherwise_is_none(cast: Cast) -> None:
    customer = add(cast, stage=cast.stage(Kind.CUSTOMER))
    batch = delete(cast, customer)
    customers.settle([customer], tenant=cast.tenant)
    assert Organisation.of(cast.tenant).get().customer_since is None
    take_back(cast, batch)
    assert Organisation.of(cast.tenant).get().customer_since is not None
    batch = delete(cast, customer)
    Stage.of(cast.tenant).filter(kind=Kind.CUSTOMER).delete()
    take_back(cast, batch)
    assert Organisation.of(cast.tenant).get().customer_since is None


def test_another_lead_of_the_organisation_keeps_it_away(cast: Cast) -> None:
    lead, other = add(cast), add(cast, "Tide Pharmacy")
    batch = delete(cast, lead, other)
    LeadFactory(organisation=lead.organisation)
    found = take_back(cast, batch)
    assert found.said == "Undone for 1 of 2. Quay Smiles is pursued by another lead now."
    assert Batch.of(cast.tenant).get(pk=batch.pk).left_alone == 1
    assert Lead.of(cast.tenant).count() == 2


def test_what_it_hung_on_is_gone_meanwhile(cast: Cast) -> None:
    lead = add(cast, owner=cast.ben, stage=cast.stage(Kind.PROSPECT))
    tag = TagFactory(tenant=cast.tenant)
    TaggingFactory(lead=lead, tag=tag)
    TaskFactory(lead=lead, owner=cast.ben)
    batch = delete(cast, lead)
    Stage.of(cast.tenant).filter(kind__in=[Kind.PROSPECT, Kind.DISCOVERY]).delete()
    Membership.of(cast.tenant).filter(user=cast.ben).delete()
    tag.delete()
    found = take_back(cast, batch)
    assert found.said == (
        "Undone: Deleted 1 lead. 1 put into Lead, since the stage was deleted. "
        "1 left without an owner, who is no longer of the company. "
        "1 of the tags not brought back, since what they name was deleted."
    )
    back = Lead.of(cast.tenant).get()
    assert (back.stage.kind, back.owner, back.tasks.get().owner) == (Kind.LEAD, None, None)
    assert not Tagging.of(cast.tenant).exists()


def test_whoever_left_meanwhile_is_given_no_share_again(cast: Cast) -> None:
    lead = add(cast)
    assign_perm("leads.view_lead", cast.vera, lead)
    batch = delete(cast, lead)
    Membership.of(cast.tenant).filter(user=cast.vera).delete()
    take_back(cast, batch)
    assert not LeadWithPerson.objects.filter(user=cast.vera).exists()


def test_what_a_merge_had_moved_comes_back_to_where_it_was_once_that_is_undone(cast: Cast) -> None:
    lead = add(cast, "Quay Smiles")
    home = lead.organisation
    person = ContactFactory(organisation=home)
    places = [OrganisationFactory(tenant=cast.tenant, name=name) for name in ("Quay", "Tide")]
    merges = []
    for kept in places:
        merges.append(merging.merge(kept, home, chosen={}, by=cast.ben))
        home = kept
    Lead.of(cast.tenant).filter(pk=lead.pk).update(contact=person)
    batch = delete(cast, lead)
    for merge in reversed(merges):
        unmerge.undo(merge, by=cast.ben)
    take_back(cast, batch)
    back = Lead.of(cast.tenant).select_related("organisation", "contact").get()
    assert (back.organisation.name, back.contact) == ("Quay Smiles", person)


def test_of_a_merged_organisation_it_says_where_to_look(cast: Cast) -> None:
    lead = add(cast)
    kept = OrganisationFactory(tenant=cast.tenant, name="Quay Dental")
    batch = delete(cast, lead)
    merging.merge(kept, lead.organisation, chosen={}, by=cast.ben)
    assert take_back(cast, batch).said == (
        "Nothing was undone. Ben merged Quay Smiles into Quay Dental since: look at that one."
    )
    assert RemovedRow.of(cast.tenant).exists(), "once that merge is undone it may come back"
