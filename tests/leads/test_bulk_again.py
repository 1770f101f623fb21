"""Acts on many leads that died: what may be queued again, and what is kept for that until then."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from crm.tenants.models import Membership
from crm.work import queue
from crm.work.lease import FREE
from crm.work.models import State
from leads.acts.assign import Assign
from leads.acts.delete import Delete
from leads.bulk import bulk
from leads.models import Batch, Bulk, Lead, RemovedRow
from leads.removal import images
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.leads.pieces import piece
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few be many."""
    monkeypatch.setattr(bulk, "PIECE", 2)


@pytest.fixture
def owner(cast: Cast) -> Membership:
    for _ in range(3):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


def deleted(owner: Membership) -> Batch:
    row = bulk.begin(Delete({}), owner, idents=None)
    while row.state == State.READY:
        row = piece(row)
    assert not Lead.of(owner.tenant).exists()
    return Batch.of(owner.tenant).get(pk=row.batch_id)


def died(row: Bulk, *, ago: timedelta = timedelta()) -> Bulk:
    """It was given up so long ago, and its leads were deleted a while before that."""
    rows = Bulk.of(row.tenant).filter(pk=row.pk)
    rows.update(state=State.DEAD, due_at=timezone.now() - ago, **FREE)
    before = timezone.now() - ago - timedelta(hours=1)
    Batch.of(row.tenant).filter(pk=row.undoes_id).update(at=before, ended_at=before)
    return rows.get()


def queued_again(row: Bulk) -> list[str]:
    """Somebody queues it again; give why that was refused."""
    with transaction.atomic():
        return queue.all_again(bulk.TABLE, [row])[1]


def test_what_an_undo_that_died_would_bring_back_is_kept_for_a_day(owner: Membership) -> None:
    row = died(piece(bulk.begin_undo(deleted(owner), owner)), ago=timedelta(hours=20))
    images.forget_old()
    assert queued_again(row) == []
    row = piece(Bulk.of(owner.tenant).get(pk=row.pk))
    assert (row.done, row.state, Lead.of(owner.tenant).count()) == (3, State.DONE, 3)


def test_once_that_is_swept_it_is_not_queued_again_as_if_all_were_well(owner: Membership) -> None:
    batch = deleted(owner)
    row = died(bulk.begin_undo(batch, owner), ago=timedelta(hours=30))
    images.forget_old()
    assert not RemovedRow.of(owner.tenant).exists()
    [why] = queued_again(row)
    assert why == "Of “Deleted 3 leads” nothing is left that could be put back."
    assert Batch.of(owner.tenant).get(pk=batch.pk).undone_at is None


def test_an_undo_that_puts_nothing_back_does_not_say_that_all_is_undone(owner: Membership) -> None:
    batch = deleted(owner)
    row = bulk.begin_undo(batch, owner)
    RemovedRow.of(owner.tenant).delete()
    row = piece(row)
    assert (row.done, row.state) == (0, State.DONE)
    assert Batch.of(owner.tenant).get(pk=batch.pk).undone_at is None


def test_what_is_being_undone_is_not_gone_on_with(owner: Membership) -> None:
    row = died(piece(bulk.begin(Assign({"owner": ""}), owner, idents=None)))
    batch = Batch.of(owner.tenant).get()
    going = bulk.begin_undo(batch, owner)
    [why] = queued_again(row)
    assert why == f"“{batch.said}” is being undone. Wait until that has ended."
    assert bulk.stop(going)
    assert queued_again(row) == []


def test_what_may_be_on_its_way_back_is_not_swept_at_the_last_second(owner: Membership) -> None:
    batch = deleted(owner)
    late = timezone.now() - timedelta(minutes=11)
    Batch.of(owner.tenant).update(at=late, ended_at=late)
    assert images.forget_old() == 0
    assert undo.waiting(batch).count() == 3
    late -= timedelta(minutes=5)
    Batch.of(owner.tenant).update(at=late, ended_at=late)
    assert images.forget_old() >= 3
