"""One act on many leads: a few at once, more in the background, a piece at a time.

Each piece is one transaction that changes the leads, writes the batch by which it can be undone,
and moves the place up to which it has come: a worker that is killed at any instant has done the
whole piece or nothing of it.
"""

from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crm.tasks import wake
from crm.tenants import members, whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.work import queue
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.acts.act import Act, Outcome
from leads.acts.take_back import TakeBack
from leads.bulk import acts, news
from leads.changes import batches
from leads.listing import listing
from leads.models import Batch, Bulk
from leads.undo import undo

# So many are done while somebody waits for the page.
AT_ONCE = 100
# Few enough that a colleague who works on one of them waits no longer than a moment.
PIECE = 500
NOT_ALLOWED = "you may not do that any more"
# What the row keeps as its error; its page and the bell say it.
FILTER_GONE = "A filter of it is gone meanwhile: {gone}. Without it far more leads would be meant."
# Of what so little is done nothing can be said of the rest.
LEAST_KNOWN = 50


@transaction.atomic
def do(act: Act, idents: list[UUID], by: Membership) -> tuple[Batch | None, Outcome]:
    """Do it at once; give the batch by which it can be undone, where anything was changed."""
    batch = batches.begin(by.tenant, act.verb, act.did(len(idents), by.tenant), by=by.user)
    outcome = act.do_to_all(idents, by, batch)
    if not outcome.done:
        batch.delete()
        return None, outcome
    _say(batch, act, outcome.done)
    return batch, outcome


def _say(batch: Batch, act: Act, done: int) -> None:
    said = act.did(done, batch.tenant)
    batch.said = said[: batches.LONGEST_SAID]
    batch.save(update_fields=["said"])


def _end(batch: Batch, act: Act, done: int) -> None:
    """Say how many it were after all; from now on the minutes count in which it can be undone."""
    batch.ended_at = timezone.now()
    batch.save(update_fields=["ended_at"])
    _say(batch, act, done)


@transaction.atomic
def begin(
    act: Act, by: Membership, *, idents: list[UUID] | None, wanted: dict[str, Any] | None = None
) -> Bulk:
    """Have a worker do it to these leads, or else to all that the filters mean."""
    tenant, wanted = by.tenant, wanted or {}
    if idents is None and listing.is_loose(by, wanted):
        # Alike to what is searched for are few, and others as soon as some of them are done.
        idents = list(listing.matching(by, wanted).values_list("pk", flat=True))
    said = act.did(len(idents), tenant) if idents is not None else act.does("all leads", tenant)
    batch = batches.begin(tenant, act.verb, said, by=by.user)
    row = Bulk.of(tenant).create(
        tenant=tenant,
        batch=batch,
        verb=act.verb,
        given=act.given,
        wanted=wanted,
        ids=None if idents is None else sorted(set(idents)),
        total=0 if idents is None else len(set(idents)),
    )
    wake()
    return row


@transaction.atomic
def begin_undo(undone: Batch, by: Membership) -> Bulk:
    """Have a worker take back what was done to many; raises undo.UndoRefused."""
    tenant = by.tenant
    undone = undo.hold(undone.pk, tenant)
    if why := undo.why_not(undone, by):
        raise undo.UndoRefused(why)
    if by.is_support:
        raise undo.UndoRefused(
            f"Support undoes what changed at most {undo.AT_ONCE} leads. Ask whoever did it."
        )
    act = TakeBack({"batch": str(undone.pk), "said": undone.said})
    row = Bulk.of(tenant).create(
        tenant=tenant,
        batch=batches.begin(tenant, act.verb, act.does("", tenant), by=by.user),
        undoes=undone,
        verb=act.verb,
        given=act.given,
        total=undo.waiting(undone).count(),
    )
    wake()
    return row


def work(row: Bulk, lease: Lease) -> None:
    """Do the next piece, and write down how far it has come."""
    act = acts.of(row)
    with acting_for(row.tenant):
        batch = Batch.of(row.tenant).select_related("by", "tenant").get(pk=row.batch_id)
        by = members.acting(row.tenant, batch.by_id)
        if by is None or not act.is_allowed(by):
            left = max(0, row.total - processed(row))
            _write(row, act, batch, Outcome(0, Counter({NOT_ALLOWED: left})), row.last, lease, True)
            return
        # Their filters were chosen by their days.
        with timezone.override(whereabouts.zone(by.user)):
            _piece(row, act, batch, by, lease)


def _piece(row: Bulk, act: Act, batch: Batch, by: Membership, lease: Lease) -> None:
    if gone := _gone(row, by):
        _break_off(row, act, batch, FILTER_GONE.format(gone=gone), lease)
        return
    if not row.total:
        row.total = _rest(row, by).count()
    most = act.piece or PIECE
    idents = _next(row, by, most)
    outcome = act.do_to_all(idents, by, batch) if idents else Outcome()
    last = idents[-1] if idents else row.last
    is_over = len(idents) < most
    _write(row, act, batch, outcome, last, lease, is_over)
    if is_over and row.undoes_id is not None and row.done:
        undone = undo.hold(row.undoes_id, row.tenant)
        undo.close(undone, by, back=row.done, left=sum(row.skipped.values()))


def _gone(row: Bulk, by: Membership) -> str:
    """Name the filters by which it can't be told any more which leads are meant."""
    is_by_filters = row.ids is None and row.undoes_id is None
    return listing.gone(by, row.wanted) if is_by_filters else ""


def _break_off(row: Bulk, act: Act, batch: Batch, why: str, lease: Lease) -> None:
    """Do no more of it, though not all is done; what was done can be undone."""
    _end(batch, act, row.done)
    lease.finish(row, last_error=why)
    news.tell_of_end(row, act.did(row.done, row.tenant), why)


def broken_off(row: Bulk) -> str:
    """Say why it ended before it was through, if that was not for an error of ours."""
    is_one = row.state == State.DONE and row.last_error.startswith(FILTER_GONE.partition("{")[0])
    return row.last_error if is_one else ""


def _rest(row: Bulk, by: Membership) -> QuerySet[Any, UUID]:
    """Give what is meant and not done; what was added since the start is not meant."""
    if row.undoes is not None:
        return undo.waiting(row.undoes, row.last)
    rows = listing.matching(by, row.wanted, is_exact=True).filter(pk__lt=row.pk)
    rows = rows if row.last is None else rows.filter(pk__gt=row.last)
    return rows.order_by("pk").values_list("pk", flat=True)


def _next(row: Bulk, by: Membership, most: int) -> list[UUID]:
    if row.ids is not None:
        # They are in order: a piece of one of thousands looks at few of them.
        start = 0 if row.last is None else bisect_right(row.ids, row.last)
        return row.ids[start : start + most]
    return list(_rest(row, by)[:most])


def _write(
    row: Bulk,
    act: Act,
    batch: Batch,
    outcome: Outcome,
    last: UUID | None,
    lease: Lease,
    is_over: bool,
) -> None:
    row.done += outcome.done
    row.skipped = dict(Counter(row.skipped) + outcome.skipped)
    row.notes = dict(Counter(row.notes) + outcome.notes)
    changes = {name: getattr(row, name) for name in ("done", "skipped", "notes", "total")}
    changes["last"] = last
    if is_over:
        # Leads that came to match while it ran, or match no more.
        _end(batch, act, row.done)
        lease.finish(row, **changes | {"total": processed(row)})
        news.tell(row, act.did(row.done, row.tenant))
    else:
        lease.release(row, **changes)


def processed(row: Bulk) -> int:
    """Count the leads that it has come past."""
    return row.done + sum(row.skipped.values())


def seconds_left(row: Bulk) -> float | None:
    """Guess how long the rest takes, at the pace so far; None while that can't be told."""
    so_far = processed(row)
    if so_far < LEAST_KNOWN or so_far >= row.total:
        return None
    passed: timedelta = timezone.now() - row.created_at
    return passed.total_seconds() / so_far * (row.total - so_far)


@transaction.atomic
def stop(row: Bulk) -> bool:
    """Do no more of it; what was done can be undone. A piece under way is kept whole or not."""
    # First what a piece writes first: else each would wait for the other.
    undo.hold(row.batch_id, row.tenant)
    live = Bulk.of(row.tenant).filter(pk=row.pk, state__in=[State.READY, State.LEASED])
    stopped = live.update(state=State.DONE, **FREE) > 0
    if stopped:
        row.refresh_from_db()
        _end(row.batch, acts.of(row), row.done)
    return stopped


def queued_again(row: Bulk) -> None:
    """Refuse to go on with what has been undone meanwhile; raises CannotQueue."""
    batch = undo.hold(row.undoes_id or row.batch_id, row.tenant)
    if batch.undone_at is not None:
        raise queue.CannotQueue(f"“{batch.said}” has been undone: there is nothing to go on with.")
    if Bulk.of(row.tenant).filter(undoes=batch).exclude(state__in=undo.OVER).exists():
        raise queue.CannotQueue(f"“{batch.said}” is being undone. Wait until that has ended.")
    if row.undoes_id is not None and not undo.waiting(batch).exists():
        raise queue.CannotQueue(f"Of “{batch.said}” nothing is left that could be put back.")


def gave_up(row: Bulk) -> None:
    """Tell that it stopped: its page says why, and what was done can be undone."""
    _end(row.batch, acts.of(row), row.done)
    news.tell_of_error(row, processed(row))


def about(row: Bulk) -> str:
    """Say to people what it does."""
    return row.batch.said


TABLE = Table(
    model=Bulk,
    work=work,
    gave_up=gave_up,
    queued_again=queued_again,
    about=about,
    related=("batch",),
)
