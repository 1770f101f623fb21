"""One act on many leads: a few at once, more in the background, a piece at a time.

Each piece is one transaction that changes the leads, writes the batch by which it can be undone,
and moves the place up to which it has come: a worker that is killed at any instant has done the
whole piece or nothing of it.
"""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads import batches, listing
from leads.bulk_acts import ACTS, GONE, Act, Outcome, allowed
from leads.models import Batch, Bulk, Lead

# So many are done while somebody waits for the page.
AT_ONCE = 100
# Few enough that a colleague who works on one of them waits no longer than a moment.
PIECE = 500
NOT_ALLOWED = "you may not do that any more"
# Of what so little is done nothing can be said of the rest.
LEAST_KNOWN = 50


@transaction.atomic
def do(act: Act, idents: list[UUID], by: Membership) -> tuple[Batch | None, Outcome]:
    """Do it at once; give the batch by which it can be undone, where anything was changed."""
    batch = batches.begin(by.tenant, act.verb, act.did(len(idents), by.tenant), by=by.user)
    outcome = _all(act, idents, by, batch)
    if not outcome.done:
        batch.delete()
        return None, outcome
    _say(batch, act, outcome.done)
    return batch, outcome


def _all(act: Act, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
    there = set(Lead.of(by.tenant).filter(pk__in=idents).values_list("pk", flat=True))
    outcome = Outcome(0, +Counter({GONE: len(set(idents)) - len(there)}))
    outcome += act.do([ident for ident in idents if ident in there], by, batch)
    return outcome


def _say(batch: Batch, act: Act, done: int) -> None:
    said = act.did(done, batch.tenant)
    batch.said = said[: batches.LONGEST_SAID]
    batch.save(update_fields=["said"])


@transaction.atomic
def begin(
    act: Act, by: Membership, *, idents: list[UUID] | None, wanted: dict[str, Any] | None = None
) -> Bulk:
    """Have a worker do it to these leads, or else to all that the filters mean."""
    tenant = by.tenant
    said = act.did(len(idents), tenant) if idents is not None else act.does("all leads", tenant)
    batch = batches.begin(tenant, act.verb, said, by=by.user)
    row = Bulk.of(tenant).create(
        tenant=tenant,
        batch=batch,
        verb=act.verb,
        given=act.given,
        wanted=wanted or {},
        ids=None if idents is None else sorted(set(idents)),
        total=0 if idents is None else len(set(idents)),
    )
    wake()
    return row


def work(row: Bulk, lease: Lease) -> None:
    """Do the next piece, and write down how far it has come."""
    act = ACTS[row.verb](row.given)
    with acting_for(row.tenant):
        batch = Batch.of(row.tenant).select_related("by", "tenant").get(pk=row.batch_id)
        by = _maker(row, batch)
        if by is None or not allowed(act, by):
            left = max(0, row.total - processed(row))
            _write(row, act, batch, Outcome(0, Counter({NOT_ALLOWED: left})), row.last, lease, True)
            return
        if not row.total:
            row.total = _rest(row, by).count()
        idents = _next(row, by)
        outcome = _all(act, idents, by, batch) if idents else Outcome()
        last = idents[-1] if idents else row.last
        _write(row, act, batch, outcome, last, lease, len(idents) < PIECE)


def _maker(row: Bulk, batch: Batch) -> Membership | None:
    rows = Membership.of(row.tenant).filter(user=batch.by_id, user__is_active=True)
    return rows.select_related("tenant", "user", "team").first()


def _rest(row: Bulk, by: Membership) -> QuerySet[Lead]:
    """Give what the filters mean and is not done; what was added since the start is not meant."""
    rows = listing.matching(by, row.wanted).filter(pk__lt=row.pk)
    return rows if row.last is None else rows.filter(pk__gt=row.last)


def _next(row: Bulk, by: Membership) -> list[UUID]:
    if row.ids is not None:
        return [each for each in row.ids if row.last is None or each > row.last][:PIECE]
    return list(_rest(row, by).order_by("pk").values_list("pk", flat=True)[:PIECE])


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
    changes = {"done": row.done, "skipped": row.skipped, "last": last, "total": row.total}
    if is_over:
        # Leads that came to match while it ran, or match no more.
        _say(batch, act, row.done)
        lease.finish(row, **changes | {"total": processed(row)})
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
    """Do no more of it; what was done can be undone. A piece that is under way is not kept."""
    live = Bulk.of(row.tenant).filter(pk=row.pk, state__in=[State.READY, State.LEASED])
    stopped = live.update(state=State.DONE, **FREE) > 0
    if stopped:
        row.refresh_from_db()
        _say(row.batch, ACTS[row.verb](row.given), row.done)
    return stopped


def gave_up(row: Bulk) -> None:
    """Say nothing more: its page tells why, and what was done can be undone."""


def about(row: Bulk) -> str:
    """Say to people what it does."""
    return row.batch.said


TABLE = Table(model=Bulk, work=work, gave_up=gave_up, about=about, related=("batch",))
