"""After a load: each company reads what changed, and its organisations and leads are told.

A piece is one transaction that writes what it tells along with the place up to which it has read.
"""

from django.db.models import Max
from django.utils import timezone

from crm.registers.models import Change
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Listing, RegisterWatch
from leads.registers import changes

Kind = Change.Kind
TOLD = (Kind.CLOSED, Kind.REOPENED, Kind.MOVED, Kind.RENAMED, Kind.STANDING)
# So many changes are looked through, and so many told of, in one piece.
WINDOW = 50_000
PIECE = 200


def begin_due() -> None:
    """Have every company read what came since it last did."""
    last = _last()
    if not last:
        return
    known = RegisterWatch.across_tenants.values("tenant")
    RegisterWatch.across_tenants.bulk_create(
        (RegisterWatch(tenant=tenant) for tenant in Tenant.objects.exclude(pk__in=known)),
        ignore_conflicts=True,
    )
    late = RegisterWatch.across_tenants.filter(state=State.DONE, seen__lt=last)
    if late.update(state=State.READY, due_at=timezone.now(), attempts=0):
        wake()


def work(watch: RegisterWatch, lease: Lease) -> None:
    """Read the next changes."""
    with acting_for(watch.tenant):
        last = _last()
        upto = min(watch.seen + WINDOW, last)
        found = _of_ours(watch.tenant, watch.seen, upto)
        changes.tell(watch.tenant, found)
        if len(found) == PIECE:
            upto = found[-1].pk
        if upto >= last:
            lease.finish(watch, seen=upto)
        else:
            lease.release(watch, seen=upto)


def _last() -> int:
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def _of_ours(tenant: Tenant, seen: int, upto: int) -> list[Change]:
    theirs = Listing.of(tenant).values("entry")
    rows = Change.objects.filter(pk__gt=seen, pk__lte=upto, kind__in=TOLD, entry__in=theirs)
    return list(rows.select_related("register").order_by("pk")[:PIECE])


def about(watch: RegisterWatch) -> str:
    """Say to people what it does."""
    return "Reads what changed in the registers"


TABLE = Table(model=RegisterWatch, work=work, gave_up=lambda watch: None, about=about)
