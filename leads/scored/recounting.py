"""All open leads of a company scored anew in the background, a piece at a time.

Each piece is one transaction that writes the scores along with the place up to which it has come:
a worker that is killed at any instant has done the whole piece or nothing of it. Until a lead's
turn comes it stands as it stood.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from crm import ids
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Lead, Recount
from leads.scored import cards, fading, flow, storing

LIVE = (State.READY, State.LEASED, State.WAITING)
# Enough that the queries cost little for each, few enough that a piece takes a second.
PIECE = 1_000
# Those whose score fades are few of those that are looked through.
LOOKED_AT = 5_000
# When nobody waits for anything else.
HOUR = time(3, 0)
KEPT = timedelta(days=7)
# So many companies begin at a time; the others a minute later.
AT_ONCE = 50
FIRST = "Scores by grades and facts"
FADING = "What fades with time"
# Of what so little is done nothing can be said of the rest.
LEAST_KNOWN = 500
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@transaction.atomic
def begin(tenant: Tenant, why: str, by: User | None) -> Recount:
    """Have all open leads scored anew; one that is under way ends where it is, and this begins."""
    _alone(tenant)
    # Whoever works on one at this moment writes nothing more of it.
    Recount.of(tenant).filter(state__in=LIVE).update(
        state=State.DONE, ended_at=timezone.now(), **FREE
    )
    row = Recount.of(tenant).create(tenant=tenant, why=why, by=by)
    wake()
    return row


def _alone(tenant: Tenant) -> None:
    """Begin one after the other, whoever does it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [f"recount:{tenant.pk}"])


def live(tenant: Tenant) -> Recount | None:
    """Give the one that is under way."""
    return Recount.of(tenant).filter(state__in=LIVE).order_by("-created_at").first()


def seconds_left(row: Recount) -> float | None:
    """Guess how long the rest takes, at the pace so far; None while that can't be told."""
    if not LEAST_KNOWN <= row.done < row.total:
        return None
    passed: timedelta = timezone.now() - row.created_at
    return passed.total_seconds() / row.done * (row.total - row.done)


def begin_due() -> None:
    """Begin what is due; somewhere else another worker may be doing the same."""
    open_ones = Lead.across_tenants.filter(tenant=OuterRef("pk"), closed_at=None)
    ever = Recount.across_tenants.filter(tenant=OuterRef("pk"))
    new = Tenant.objects.filter(Exists(open_ones)).exclude(Exists(ever))
    for tenant in new.order_by("pk")[:AT_ONCE]:
        _begin(tenant, FIRST, Recount.of(tenant))
    night = _last_night()
    late = ever.filter(Q(created_at__gte=night) | Q(state__in=LIVE))
    due = Tenant.objects.filter(Exists(ever)).exclude(Exists(late))
    for tenant in due.order_by("pk")[:AT_ONCE]:
        rows = Recount.of(tenant)
        if _begin(tenant, FADING, rows.filter(Q(created_at__gte=night) | Q(state__in=LIVE))):
            rows.filter(why=FADING, created_at__lt=night - KEPT).delete()


@transaction.atomic
def _begin(tenant: Tenant, why: str, unless: QuerySet[Recount]) -> bool:
    _alone(tenant)
    is_new = not unless.exists()
    if is_new:
        Recount.of(tenant).create(tenant=tenant, why=why)
        wake()
    return is_new


def _last_night() -> datetime:
    local = timezone.localtime(timezone=timezone.get_default_timezone())
    day = local.date() - timedelta(days=local.time() < HOUR)
    return datetime.combine(day, HOUR, local.tzinfo)


def work(row: Recount, lease: Lease) -> None:
    """Score the next piece, and write down how far it has come."""
    with acting_for(row.tenant):
        # Before what is counted and read, so that it is as the last one has left it.
        storing.hold(row.tenant)
        rows = Lead.of(row.tenant).filter(closed_at=None)
        total = row.total or rows.count()
        following = rows.filter(pk__gt=row.last or ids.NOBODYS).order_by("pk")
        is_fading = row.why == FADING
        most = LOOKED_AT if is_fading else PIECE
        idents = list(following.values_list("pk", flat=True)[:most])
        meant = _meant(row, idents) if is_fading else idents
        stored = storing.score(row.tenant, meant, tells_tiers=True)
        flow.queue_all(Lead.of(row.tenant).filter(pk__in=stored.left).order_by("pk"))
        done = row.done + len(idents)
        changes = {"done": done, "changed": row.changed + stored.changed}
        if len(idents) == most:
            # Of those who came in meanwhile each is scored already.
            lease.release(row, last=idents[-1], total=max(total, done), **changes)
        else:
            lease.finish(row, total=done, ended_at=timezone.now(), **changes)


def _meant(row: Recount, idents: Sequence[UUID]) -> list[UUID]:
    """Give those that look different since the last time that all were looked through."""
    before = Recount.of(row.tenant).filter(state=State.DONE, created_at__lt=row.created_at)
    last = before.order_by("-created_at").values_list("created_at", flat=True).first()
    if last is None:
        return list(idents)
    zone = timezone.get_default_timezone()
    since = timezone.localdate(last, zone)
    card = cards.current(row.tenant).engine.card
    return fading.among(row.tenant, idents, card, since, timezone.localdate(timezone=zone))


def gave_up(row: Recount) -> None:
    """Leave what it did; the operations page says why it stopped."""
    Recount.of(row.tenant).filter(pk=row.pk).update(ended_at=timezone.now())


def queued_again(row: Recount) -> None:
    """Go on where it stopped, unless another has begun; raises CannotQueue."""
    if Recount.of(row.tenant).filter(created_at__gt=row.created_at).exclude(why=FADING).exists():
        raise queue.CannotQueue("All leads were scored anew since, or are at this moment.")
    Recount.of(row.tenant).filter(pk=row.pk).update(ended_at=None)


def about(row: Recount) -> str:
    """Say to people what it does."""
    return f"Scores all leads anew: {row.why}"


TABLE = Table(model=Recount, work=work, gave_up=gave_up, queued_again=queued_again, about=about)
