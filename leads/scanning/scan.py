"""A search for duplicates: begun once at a time, worked on a piece at a time, stopped, told of.

Each piece is one transaction that writes what it found along with the place up to which it has
come: a worker that is killed at any instant has done the whole piece or nothing of it.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from crm.ledger import audit
from crm.notices.telling import Kind
from crm.notices.telling import tell as telling
from crm.tasks import wake
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User
from crm.work import queue
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import DuplicateScan, Proposal
from leads.scanning import gathering, judging

Why = DuplicateScan.Why
LIVE = (State.READY, State.LEASED, State.WAITING)
COLUMNS = (
    "organisations", "step", "part", "parts", "pairs", "judged", "sure", "maybe", "dropped",
    "passed_over", "last_one", "last_other", "judging_since",
)  # fmt: skip
# Of so few nothing can be said of the rest.
LEAST_KNOWN = timedelta(seconds=3)


def begin(tenant: Tenant, *, by: User | None, why: str = Why.ASKED) -> tuple[DuplicateScan, bool]:
    """Have a worker search all records, unless that is under way; say whether it is a new one."""
    known = live(tenant)
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            scan = DuplicateScan.of(tenant).create(tenant=tenant, by=by, why=why)
            audit.write(scan, "started", by=by, after={"why": Why(why).label})
    except IntegrityError:
        # Somebody else began one at this moment.
        known = live(tenant) or latest(tenant)
        if known is None:
            raise
        return known, False
    wake()
    return scan, True


def live(tenant: Tenant) -> DuplicateScan | None:
    """Give the one that is under way."""
    return DuplicateScan.of(tenant).filter(state__in=LIVE).first()


def latest(tenant: Tenant) -> DuplicateScan | None:
    """Give the one under way, or else the last that there was."""
    rows: QuerySet[DuplicateScan] = DuplicateScan.of(tenant).select_related("by", "stopped_by")
    return rows.order_by("-created_at", "-id").first()


def work(scan: DuplicateScan, lease: Lease) -> None:
    """Do the next piece, and write down how far it has come."""
    with acting_for(scan.tenant):
        if not scan.parts:
            gathering.measure(scan)
        elif not gathering.is_over(scan):
            gathering.gather(scan)
        else:
            scan.judging_since = scan.judging_since or timezone.now()
            if judging.judge(scan) < judging.PIECE:
                _end(scan, lease)
                return
        lease.release(scan, **_columns(scan))


def _columns(scan: DuplicateScan) -> dict[str, object]:
    return {name: getattr(scan, name) for name in COLUMNS}


def _end(scan: DuplicateScan, lease: Lease) -> None:
    """Leave nothing that contradicts what somebody said, and tell whoever asked."""
    judging.drop(scan, _contradicted(scan.tenant))
    judging.forget(scan)
    lease.finish(scan, ended_at=timezone.now(), **_columns(scan))
    said = {"sure": scan.sure, "maybe": scan.maybe}
    audit.write(scan, "ended", by=None, after=said)
    _tell(scan, "The search for duplicates is done. See which of your records may be one.")


def _contradicted(tenant: Tenant) -> list[Proposal]:
    """Give what is asked about pairs that somebody called different: a merge brought them close."""
    rows = Proposal.of(tenant)
    pairs = {
        tuple(sorted(pair))
        for pair in rows.filter(state="different").values_list("one_id", "other_id")
    }
    asked = rows.filter(state="open", by=None)
    ones = {ident for pair in pairs for ident in pair}
    near = asked.filter(one__in=ones, other__in=ones)
    return [each for each in near if tuple(sorted((each.one_id, each.other_id))) in pairs]


def _tell(scan: DuplicateScan, said: str) -> None:
    people = members.who_is_still_here(scan.tenant, [scan.by]) if scan.by else []
    telling(people, Kind.BULK, said, tenant=scan.tenant, url=reverse("leads:proposals"))


@transaction.atomic
def stop(scan: DuplicateScan, *, by: User) -> bool:
    """Search no further; what was found stays."""
    rows = DuplicateScan.of(scan.tenant).filter(pk=scan.pk, state__in=LIVE)
    ended = timezone.now()
    if not rows.update(state=State.DONE, ended_at=ended, stopped_by=by, **FREE):
        return False
    judging.forget(scan)
    audit.write(scan, "stopped", by=by)
    return True


def seconds_left(scan: DuplicateScan) -> float | None:
    """Guess how long the rest takes, at the pace so far; None while that can't be told."""
    if scan.judging_since is None or not scan.judged or scan.judged >= scan.pairs:
        return None
    passed = timezone.now() - scan.judging_since
    if passed < LEAST_KNOWN:
        return None
    return passed.total_seconds() / scan.judged * (scan.pairs - scan.judged)


def queued_again(scan: DuplicateScan) -> None:
    """Begin it anew, unless another is under way; raises CannotQueue."""
    if live(scan.tenant) is not None:
        raise queue.CannotQueue("Another search for duplicates is under way. Wait for its end.")
    fresh = DuplicateScan()
    beginning = {name: getattr(fresh, name) for name in (*COLUMNS, "ended_at")}
    DuplicateScan.of(scan.tenant).filter(pk=scan.pk).update(**beginning)


def gave_up(scan: DuplicateScan) -> None:
    """Tell that it stopped; what was found stays."""
    judging.forget(scan)
    DuplicateScan.of(scan.tenant).filter(pk=scan.pk).update(ended_at=timezone.now())
    _tell(scan, "The search for duplicates was stopped by an error. What it found is kept.")


def about(scan: DuplicateScan) -> str:
    """Say to people what it does."""
    return "Searches all records for duplicates"


TABLE = Table(
    model=DuplicateScan, work=work, gave_up=gave_up, queued_again=queued_again, about=about
)
