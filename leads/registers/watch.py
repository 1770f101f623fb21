"""After a load: each company reads what changed, and its organisations and leads are told, once.

A piece is one transaction that writes what it tells along with the place up to which it has read.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from crm.registers import told
from crm.registers.models import Change, Load
from crm.tasks import wake
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from leads.models import Lead, Listing, Organisation, Proof, RegisterNews, RegisterWatch
from leads.models import TimelineEntry as Entry
from leads.timeline import timeline

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
        _tell(watch.tenant, found)
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
    changes = Change.objects.filter(pk__gt=seen, pk__lte=upto, kind__in=TOLD, entry__in=theirs)
    return list(changes.select_related("register", "entry").order_by("pk")[:PIECE])


def _tell(tenant: Tenant, changes: Sequence[Change]) -> None:
    by_entry: dict[int, list[Organisation]] = {each.entry_id: [] for each in changes}
    listings = Listing.of(tenant).filter(entry__in=by_entry).select_related("organisation")
    for listing in listings:
        by_entry[listing.entry_id].append(listing.organisation)
    loaded = _when_loaded(changes)
    said: dict[Organisation, list[str]] = defaultdict(list)
    for change in changes:
        since = loaded.get((change.register_id, change.on))
        for organisation in by_entry[change.entry_id]:
            # Who came after the load came as they are now.
            if since is not None and organisation.created_at > since:
                continue
            _, is_new = RegisterNews.of(tenant).get_or_create(
                tenant=tenant, organisation=organisation, change=change
            )
            if is_new:
                _prove(organisation, change)
                sentence = told.sentence(change.kind, change.on, change.before)
                said[organisation].append(f"{change.register.label}: {sentence}")
    leads = Lead.of(tenant).filter(organisation__in=said)
    texts = {
        lead: "\n".join(said[lead.organisation]) for lead in leads.select_related("organisation")
    }
    if texts:
        timeline.write_all(texts, Entry.Kind.ORIGIN, tenant=tenant, by=None)


def _when_loaded(changes: Sequence[Change]) -> dict[tuple[str, date | None], datetime | None]:
    """When the files were in that said so; the first, where one was loaded again."""
    rows = Load.objects.filter(
        register__in={each.register_id for each in changes},
        as_of__in={each.on for each in changes},
        state=Load.State.DONE,
    )
    return {(each.register, each.as_of): each.ended_at for each in rows.order_by("-pk")}


def _prove(organisation: Organisation, change: Change) -> None:
    """Mark what its registers say of it by now; one of them may still list it as open."""
    entries = Listing.of(organisation.tenant).filter(organisation=organisation)
    is_open = entries.filter(entry__status="active").exists()
    if change.kind == Kind.CLOSED and not is_open:
        organisation.proof = Proof.CLOSED
    elif change.kind == Kind.REOPENED and is_open and organisation.proof == Proof.CLOSED:
        organisation.proof = Proof.VERIFIED if change.register.is_fresh else Proof.LISTED
    else:
        return
    organisation.proof_date = change.on
    organisation.save(update_fields=["proof", "proof_date"])


def about(watch: RegisterWatch) -> str:
    """Say to people what it does."""
    return "Reads what changed in the registers"


TABLE = Table(model=RegisterWatch, work=work, gave_up=lambda watch: None, about=about)
