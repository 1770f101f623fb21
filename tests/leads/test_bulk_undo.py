"""What was done to very many is taken back in the background, a piece at a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.notices.models import Kind as News
from crm.notices.models import Notice
from crm.pipeline.models import Kind
from crm.tenants.models import Membership, Role
from crm.work.lease import Lease
from crm.work.models import State
from leads.acts.act import Act
from leads.acts.assign import Assign
from leads.acts.delete import Delete
from leads.acts.move import Move
from leads.bulk import bulk
from leads.lead import dealing
from leads.models import Batch, Bulk, Lead, RemovedRow
from leads.moving import board
from leads.removal import images
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.leads.pieces import piece
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker is no more."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few be many."""
    monkeypatch.setattr(bulk, "PIECE", 2)
    monkeypatch.setattr(undo, "AT_ONCE", 3)


def add(cast: Cast, many: int, **more: Any) -> list[Lead]:
    organisations = (OrganisationFactory(tenant=cast.tenant) for _ in range(many))
    return [LeadFactory(organisation=each, **more) for each in organisations]


def owner(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


def to_its_end(row: Bulk) -> Bulk:
    while row.state == State.READY:
        row = piece(row)
    assert row.state == State.DONE
    return row


def done(cast: Cast, act: Act) -> Batch:
    """The act is done to all leads by the worker."""
    row = to_its_end(bulk.begin(act, owner(cast), idents=None))
    return Batch.of(cast.tenant).get(pk=row.batch_id)


def undoing(cast: Cast, batch: Batch, by: str = "ada") -> Bulk:
    answer = as_person(getattr(cast, by)).post(f"/leads/changes/{batch.pk}/undo/")
    row = Bulk.of(cast.tenant).get(undoes=batch)
    assert answer.url == f"/leads/bulk/{row.pk}/"
    return row


def owners(cast: Cast) -> set[Any]:
    return set(Lead.of(cast.tenant).values_list("owner__name", flat=True))


def test_all_of_it_goes_back_and_what_was_changed_since_is_counted(cast: Cast) -> None:
    leads = add(cast, 5, owner=cast.ben)
    batch = done(cast, Assign({"owner": str(cast.ada.pk)}))
    dealing.assign(leads[0], owner=None, value_pence=None, by=cast.ben)
    row = piece(undoing(cast, batch))
    assert (row.done, row.total, row.state) == (1, 5, State.READY)
    page = as_person(cast.ada).get(f"/leads/bulk/{row.pk}/").content.decode()
    assert "Undo: Gave 5 leads to Ada" in page
    shown = as_person(cast.ada).get("/leads/changes/").content.decode()
    assert "You are undoing this at this moment" in shown
    mia = as_person(cast.join("Mia", Role.MANAGER))
    again = mia.post(f"/leads/changes/{batch.pk}/undo/", follow=True)
    assert "Ada is undoing this at this moment" in again.content.decode()
    strange = as_person(cast.ben).post(f"/leads/changes/{batch.pk}/undo/", follow=True)
    assert "Only who did it, or an owner or manager, may undo this" in strange.content.decode()
    row = to_its_end(row)
    assert (row.done, row.skipped) == (4, {"changed by Ben since": 1})
    assert owners(cast) == {"Ben", None}
    batch.refresh_from_db()
    assert (batch.undone_by, batch.left_alone) == (cast.ada, 1)
    page = as_person(cast.ada).get(f"/leads/bulk/{row.pk}/").content.decode()
    assert "Undone for 4 leads: Gave 5 leads to Ada" in page
    assert "changed by Ben since" in page
    assert "for 4 of 5" in as_person(cast.ada).get("/leads/changes/").content.decode()


def test_a_worker_that_dies_loses_and_doubles_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*given: Any, **changes: Any) -> None:
        raise Killed

    lost = add(
        cast, 5, stage=cast.stage(Kind.LOST), lost_reason="No need", closed_at=timezone.now()
    )
    batch = done(cast, Delete({}))
    assert batch.many == 5
    row = piece(undoing(cast, batch))
    release = Lease.release
    monkeypatch.setattr(Lease, "release", die)
    with pytest.raises(Killed):
        piece(row)
    monkeypatch.setattr(Lease, "release", release)
    assert Lead.of(cast.tenant).count() == 2
    Bulk.of(cast.tenant).filter(pk=row.pk).update(lease_until="2020-01-01T00:00:00Z")
    row = piece(Bulk.of(cast.tenant).get(pk=row.pk))
    assert (row.done, Lead.of(cast.tenant).count()) == (4, 4)
    to_its_end(row)
    found = Lead.of(cast.tenant).values_list("pk", "lost_reason", "stage__kind")
    assert set(found) == {(lead.pk, "No need", Kind.LOST) for lead in lost}
    assert not RemovedRow.of(cast.tenant).exists()


def test_the_reasons_of_a_loss_go_and_come(cast: Cast) -> None:
    add(cast, 4)
    batch = done(cast, Move({"stage": str(cast.stage(Kind.LOST).pk), "reason": "No budget"}))
    assert set(Lead.of(cast.tenant).values_list("lost_reason", flat=True)) == {"No budget"}
    to_its_end(undoing(cast, batch))
    assert set(Lead.of(cast.tenant).values_list("lost_reason", "closed_at")) == {("", None)}


def test_stopped_it_can_be_begun_again_for_the_rest(cast: Cast) -> None:
    add(cast, 5, owner=cast.ben)
    batch = done(cast, Assign({"owner": ""}))
    row = piece(undoing(cast, batch))
    assert bulk.stop(row)
    batch.refresh_from_db()
    assert batch.undone_at is None
    rest = bulk.begin_undo(batch, owner(cast))
    assert rest.total == 3
    to_its_end(rest)
    assert owners(cast) == {"Ben"}


def test_the_ten_minutes_count_from_the_end(cast: Cast) -> None:
    ben = Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ben)
    add(cast, 3, owner=cast.ben)
    row = bulk.begin(Assign({"owner": ""}), ben, idents=None)
    Batch.of(cast.tenant).update(at=timezone.now() - timedelta(minutes=30))
    batch = Batch.of(cast.tenant).get(pk=to_its_end(row).batch_id)
    assert undo.why_not(batch, ben) == ""
    Batch.of(cast.tenant).update(ended_at=timezone.now() - timedelta(minutes=11))
    batch.refresh_from_db()
    assert undo.why_not(batch, ben).startswith("This was more than 10 minutes ago.")


def test_what_is_being_deleted_or_brought_back_is_not_swept(cast: Cast) -> None:
    add(cast, 5)
    row = piece(bulk.begin(Delete({}), owner(cast), idents=None))
    Batch.of(cast.tenant).update(at=timezone.now() - timedelta(hours=1))
    images.forget_old()
    batch = Batch.of(cast.tenant).get(pk=to_its_end(row).batch_id)
    back = piece(undoing(cast, batch))
    Batch.of(cast.tenant).update(ended_at=timezone.now() - timedelta(hours=1))
    images.forget_old()
    assert to_its_end(back).done == 5


def test_who_may_not_any_more_brings_nothing_back(cast: Cast) -> None:
    add(cast, 4, owner=cast.ben)
    batch = done(cast, Assign({"owner": str(cast.ada.pk)}))
    row = undoing(cast, batch)
    cast.join("Dora", Role.OWNER)
    Membership.of(cast.tenant).filter(user=cast.ada).delete()
    row = to_its_end(row)
    assert row.skipped == {"you may not do that any more": 4}
    assert owners(cast) == {"Ada"}
    batch.refresh_from_db()
    assert batch.undone_at is None


def test_the_bell_tells_who_has_left_the_page_or_waited_long(cast: Cast) -> None:
    add(cast, 4, owner=cast.ben)
    row = bulk.begin(Assign({"owner": str(cast.ada.pk)}), owner(cast), idents=None)
    to_its_end(row)
    notice = Notice.of(cast.tenant).get()
    assert (notice.user, notice.kind, notice.text) == (
        cast.ada, News.BULK, "Gave 4 leads to Ada.",
    )  # fmt: skip
    assert notice.url == f"/leads/bulk/{row.pk}/"

    watched = undoing(cast, Batch.of(cast.tenant).get(pk=row.batch_id))
    as_person(cast.ada).get(f"/leads/bulk/{watched.pk}/")
    to_its_end(watched)
    assert Notice.of(cast.tenant).count() == 1, "they saw it happen"

    slow = bulk.begin(Assign({"owner": ""}), owner(cast), idents=None)
    as_person(cast.ada).get(f"/leads/bulk/{slow.pk}/")
    Bulk.of(cast.tenant).update(created_at=timezone.now() - timedelta(minutes=1))
    to_its_end(slow)
    assert Notice.of(cast.tenant).count() == 2


def test_one_that_fails_says_so_too(cast: Cast) -> None:
    add(cast, 4)
    row = piece(bulk.begin(Assign({"owner": str(cast.ada.pk)}), owner(cast), idents=None))
    bulk.gave_up(row)
    assert Notice.of(cast.tenant).get().text.startswith("Stopped by an error after 2 of 4: Gave 2")


def test_the_board_is_told_where_it_goes_on(cast: Cast) -> None:
    leads = add(cast, 4)
    to = cast.stage(Kind.LEAD)
    moved = board.move_many([lead.pk for lead in leads], to=to, by=owner(cast))
    assert moved.batch is not None
    answer = as_person(cast.ada).post(
        f"/leads/changes/{moved.batch.pk}/undo/", headers={"Accept": "application/json"}
    )
    row = Bulk.of(cast.tenant).get()
    assert answer.json()["page"] == f"/leads/bulk/{row.pk}/"
