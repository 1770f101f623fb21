"""Taking an act back: who may, until when, and all of it at once or a piece at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from psycopg.errors import ForeignKeyViolation

from crm.ledger import audit
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may
from crm.work.models import State
from leads.changes import batches
from leads.changes.undone import Undone, UndoRefused
from leads.models import Batch, Bulk, Change, RemovedRow
from leads.removal import images, restoring
from leads.undo import putting_back

__all__ = [
    "UndoRefused",
    "Undone",
    "close",
    "hold",
    "is_long",
    "may_go_on",
    "piece",
    "under_way",
    "undo",
    "waiting",
    "why_not",
]

OVER = (State.DONE, State.DEAD)
# So many are put back while somebody waits for the page; more by a worker.
AT_ONCE = 200
DELETED_NOW = (
    "Nothing was undone: a tag, a field or something else of these leads was deleted at the same "
    "moment. Try again."
)
MINUTES = int(batches.UNDO_FOR.total_seconds() // 60)


class Busy(NamedTuple):
    """Why a batch can't be undone now, and the row of work whose page this member may look at."""

    why: str
    page: UUID | None


def under_way(by: Membership) -> dict[UUID, Busy]:
    """Give the batches that a worker is at, in words for this member."""
    live = Bulk.of(by.tenant).exclude(state__in=OVER).select_related("batch__by")
    found = {}
    for row in live:
        page = row.pk if may_go_on(row.batch, by) else None
        still = "This is still being done. Undo it once it has come to its end."
        found[row.batch_id] = Busy(still, page)
        if row.undoes_id is not None:
            who = "You are" if row.batch.by == by.user else f"{row.batch.by or 'Somebody'} is"
            said = f"{who} undoing this at this moment, in the background."
            found[row.undoes_id] = Busy(said, page)
    return found


def why_not(batch: Batch, by: Membership, busy: dict[UUID, Busy] | None = None) -> str:
    """Say why this member may not take it back; nothing if they may. `busy` is `under_way`."""
    if not may_go_on(batch, by):
        return "Only who did it, or an owner or manager, may undo this."
    if batch.undone_at is not None:
        return f"{batch.undone_by or 'Somebody'} has undone this already."
    if batch.verb not in {*batches.VERBS, batches.DELETE}:
        return "An undo can't be undone. Do anew what it took back."
    busy = under_way(by) if busy is None else busy
    if batch.pk in busy:
        return busy[batch.pk].why
    is_late = _until(batch) < timezone.now()
    if is_late and batch.verb == batches.DELETE:
        return (
            f"This was more than {MINUTES} minutes ago. What was deleted is kept no longer than "
            "that, so it can't come back."
        )
    if is_late and not may(by, Permission.ADMINISTER):
        return (
            f"This was more than {MINUTES} minutes ago. An owner or manager can still revert it "
            "under Recent changes."
        )
    return ""


def may_go_on(batch: Batch, by: Membership) -> bool:
    """Say whether it is this member's to undo, as long as it can be."""
    return may(by, Permission.ADMINISTER) or batch.by_id == by.user_id


def is_long(batch: Batch) -> bool:
    """Say whether nobody should wait until it is undone."""
    return batch.many > AT_ONCE


def _until(batch: Batch) -> datetime:
    """Until when it can be undone by who did it: from the end of what took its time."""
    return (batch.ended_at or batch.at) + batches.UNDO_FOR


@transaction.atomic
def undo(batch: Batch, by: Membership) -> Undone:
    """Put back what the act changed, and write it down; raises UndoRefused."""
    batch = hold(batch.pk, by.tenant)
    if why := why_not(batch, by):
        raise UndoRefused(why)
    try:
        found = piece(batch, by, list(waiting(batch)))
    except IntegrityError as error:
        if not isinstance(error.__cause__, ForeignKeyViolation):
            raise
        raise UndoRefused(DELETED_NOW) from None
    if found.back:
        close(batch, by, back=len(found.back), left=len(found.left))
    return found


def hold(ident: UUID, tenant: Tenant) -> Batch:
    """Give the batch, and have nobody else undo it until the transaction ends."""
    rows = Batch.of(tenant)
    rows.select_for_update(no_key=True).get(pk=ident)
    return rows.select_related("by", "undone_by", "tenant").get(pk=ident)


def waiting(batch: Batch, after: UUID | None = None) -> QuerySet[Change, UUID]:
    """Give the ids of what the act has changed and nobody has put back, in their order."""
    rows: QuerySet[Change] | QuerySet[RemovedRow]
    if batch.verb == batches.DELETE:
        rows = RemovedRow.of(batch.tenant).filter(batch=batch, model=images.LEAD)
        name = "lead"
    else:
        rows = Change.of(batch.tenant).filter(batch=batch, undone_at=None)
        name = "lead_id"
    rows = rows.filter(**{f"{name}__gt": after}) if after is not None else rows
    return rows.order_by(name).values_list(name, flat=True)  # type: ignore[return-value]


def piece(batch: Batch, by: Membership, idents: Collection[UUID]) -> Undone:
    """Put back these leads, as far as that is possible; the batch is held. Raises UndoRefused."""
    if batch.verb == batches.DELETE:
        return restoring.restore(batch, list(idents), by.user)
    rows = Change.of(by.tenant).filter(batch=batch, undone_at=None, lead__in=idents)
    return putting_back.put_back(batch, by, list(rows.order_by("lead_id")))


def close(batch: Batch, by: Membership, *, back: int, left: int) -> None:
    """Write down that it has been taken back, by whom and how far."""
    batch.undone_at, batch.undone_by, batch.left_alone = timezone.now(), by.user, left
    batch.save(update_fields=["undone_at", "undone_by", "left_alone"])
    audit.write(batch, "undone", by=by.user, after={"leads": back, "left alone": left})
