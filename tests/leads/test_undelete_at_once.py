"""Deleted leads are brought back while others do the same, or find the organisation anew."""

from typing import Any

import pytest
from django.db import transaction

from crm.tenants.models import Membership
from leads.acts.delete import Delete
from leads.bulk import bulk
from leads.models import Batch, Lead, RemovedRow, TimelineEntry
from leads.records.custom import Tag, Tagging
from leads.removal import restoring
from leads.timeline import timeline
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import TagFactory, TaggingFactory
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


class Killed(BaseException):
    """The process is no more."""


@pytest.fixture
def owner(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Quay Smiles")
    made: Lead = LeadFactory(organisation=organisation)
    TaggingFactory(lead=made, tag=TagFactory(tenant=cast.tenant))
    return made


def delete(lead: Lead, owner: Membership) -> Batch:
    batch, _ = bulk.do(Delete({}), [lead.pk], owner)
    assert batch is not None
    return batch


def test_two_who_undo_at_once_bring_back_one(cast: Cast, lead: Lead, owner: Membership) -> None:
    batch = delete(lead, owner)
    (came,) = meanwhile(lambda: undo.undo(batch, owner), lambda: undo.undo(batch, owner))
    assert str(came) == "Ada has undone this already."
    assert Lead.of(cast.tenant).count() == Tagging.of(cast.tenant).count() == 1


def test_a_campaign_that_finds_it_anew_at_the_same_moment_wins(
    cast: Cast, lead: Lead, owner: Membership
) -> None:
    batch = delete(lead, owner)
    (came,) = meanwhile(
        lambda: LeadFactory(organisation=lead.organisation), lambda: undo.undo(batch, owner)
    )
    assert came.said == "Nothing was undone. Quay Smiles is pursued by another lead now."
    assert Lead.of(cast.tenant).count() == 1
    assert not Tagging.of(cast.tenant).exists()


def test_a_tag_that_is_deleted_at_the_same_moment_is_told_in_words(
    cast: Cast, lead: Lead, owner: Membership
) -> None:
    batch, tag = delete(lead, owner), Tag.of(cast.tenant).get()
    (came,) = meanwhile(tag.delete, lambda: undo.undo(batch, owner))
    assert isinstance(came, undo.UndoRefused)
    assert str(came).endswith("was deleted at the same moment. Try again.")
    assert not Lead.of(cast.tenant).exists()
    assert undo.undo(batch, owner).back == [lead]


def test_a_note_that_is_written_while_it_is_deleted_comes_back_with_it(
    cast: Cast, lead: Lead, owner: Membership
) -> None:
    def write() -> None:
        timeline.write(lead, TimelineEntry.Kind.NOTE, "They like herons.", by=cast.ben)

    (batch,) = meanwhile(write, lambda: delete(lead, owner))
    undo.undo(batch, owner)
    assert TimelineEntry.of(cast.tenant).filter(kind="note").get().text == "They like herons."


def test_whoever_dies_in_the_middle_leaves_nothing_half(
    cast: Cast, lead: Lead, owner: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*given: Any) -> None:
        raise Killed

    batch = delete(lead, owner)
    kept = RemovedRow.of(cast.tenant).count()
    monkeypatch.setattr(restoring.images, "forget", die)
    with pytest.raises(Killed), transaction.atomic():
        undo.undo(batch, owner)
    assert not Lead.of(cast.tenant).exists()
    assert RemovedRow.of(cast.tenant).count() == kept
    monkeypatch.undo()
    assert undo.undo(batch, owner).back == [lead]
