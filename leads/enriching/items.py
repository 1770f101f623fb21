"""One organisation's turn in a run, as a row of work."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Value, When

from crm.credits.purpose import Purpose
from crm.tenants.acting import acting_for
from crm.tenants.models import User
from crm.work.lease import FREE, Lease
from crm.work.models import LIVE, State
from crm.work.table import Table
from enrichment.lookups.paying import Purse
from leads.enriching import addresses, gathering, plan, settling, stamping, visiting
from leads.enriching.dossier import Dossier
from leads.enriching.questions import Asked
from leads.enriching.visiting import Visit
from leads.models import EnrichmentItem, EnrichmentRun

# They wait for answers nearly all the time. Each has a connection to the database, so that all
# workers of a machine share so many, and none has so few that it stands still.
SIDE_BY_SIDE, LEAST = 48, 12
THREADS = max(LEAST, SIDE_BY_SIDE // settings.WORKERS)
GONE = "The organisation was deleted or merged meanwhile."
# What is said of one that a cancelled run has left without an end.
NOT_BEGUN = "Cancelled before it was its turn."
CUT_SHORT = "Cancelled in the middle; what was found until then is kept."
WHERE_CANCELLED = Case(
    When(asked={}, attempts=0, crashes=0, then=Value(NOT_BEGUN)), default=Value(CUT_SHORT)
)
FAILED = "It failed again and again. Whoever looks after this installation sees why in Operations."


def work(row: EnrichmentItem, lease: Lease) -> None:
    """Ask all that is worth it about one organisation; what came of it is written at once."""
    tenant = row.tenant
    with acting_for(tenant):
        run = EnrichmentRun.of(tenant).select_related("by").get(pk=row.run_id)
        if run.phase != EnrichmentRun.Phase.RUNNING:
            _stand_still(row, run, lease)
            return
        made = plan.make(tenant, run.kinds, run.titles)
        found = gathering.gather(tenant, [row.organisation_id])
        if not found:
            lease.finish(row, trouble=GONE)
            wake(run)
            return
        visit = begin(row, run, found[0])
        visiting.recall([visit], made)
    gets_on = partial(_gets_on, row, lease)
    visiting.go_on(visit, made, purse(run, found[0]), gets_on, lease.is_ending.is_set)
    addresses.check(visit)
    with acting_for(tenant):
        settling.settle(tenant, [visit], run.by)
        addresses.keep(visit)
        stamping.put(made, [visit])
        _leave(row, visit, lease)


def _gets_on(row: EnrichmentItem, lease: Lease) -> None:
    """Clear the row of its crashes: what gets on is not what its workers died of.

    A visit takes minutes, so that it is under way in many a kill that is not its fault.
    """
    if row.crashes:
        with acting_for(row.tenant):
            lease.write(row, crashes=0)
        row.crashes = 0


def begin(row: EnrichmentItem, run: EnrichmentRun, dossier: Dossier) -> Visit:
    """Begin a visit where the last one has ended."""
    said = {
        key: each
        for key, each in row.asked.items()
        # Who was left out may be asked now.
        if each["outcome"] != "left"
    }
    return Visit(row, run, dossier, Asked(said))


def purse(run: EnrichmentRun, dossier: Dossier) -> Purse:
    """Say whence the credits come."""
    by: User | None = run.by
    purpose = Purpose(run.ref or run.pk, run.label, run.get_absolute_url())
    return Purse(run.reservation, by, purpose, dossier.organisation.trade)


def _leave(row: EnrichmentItem, visit: Visit, lease: Lease) -> None:
    """Write the state of the item: done, or to be looked at again when somebody can be asked."""
    changes = outcome(row, visit)
    if visit.is_cut:
        # It keeps its place in the line.
        lease.release(row, due_at=row.due_at, **changes)
        return
    until = visiting.next_look(visit)
    if until is not None:
        lease.release(row, state=State.WAITING, due_at=until, **changes)
        return
    lease.finish(row, **changes)
    wake(visit.run)


def outcome(row: EnrichmentItem, visit: Visit) -> dict[str, object]:
    """Give what is kept of a visit."""
    return {
        "asked": visit.asked.said,
        "gained": row.gained,
        "credits": visit.credits,
        "before": row.before,
        "after": row.after,
    }


def _stand_still(row: EnrichmentItem, run: EnrichmentRun, lease: Lease) -> None:
    if run.is_active:
        lease.write(row, state=State.HELD, **FREE)
    elif run.phase == EnrichmentRun.Phase.CANCELLED:
        # Whoever failed or crashed has no answers written yet, but was begun.
        is_begun = row.asked or row.attempts or row.crashes
        lease.finish(row, trouble=CUT_SHORT if is_begun else NOT_BEGUN)
    else:
        lease.finish(row)
    wake(run)


def wake(run: EnrichmentRun) -> None:
    """Have the run look whether it has ended, once none of its items lives.

    When this transaction has ended: of two items that end at once the later sees both.
    """
    transaction.on_commit(partial(_wake, run), robust=True)


def _wake(run: EnrichmentRun) -> None:
    with acting_for(run.tenant):
        if not EnrichmentItem.of(run.tenant).filter(LIVE, run=run).exists():
            waiting = EnrichmentRun.of(run.tenant).filter(pk=run.pk, state=State.WAITING)
            waiting.update(state=State.READY)


def gave_up(row: EnrichmentItem) -> None:
    """Say on the item what happened; the run goes on without it."""
    EnrichmentItem.of(row.tenant).filter(pk=row.pk).update(trouble=FAILED)
    wake(row.run)


def queued_again(row: EnrichmentItem) -> None:
    """Have the run wait for it once more."""
    EnrichmentItem.of(row.tenant).filter(pk=row.pk).update(trouble="")


def about(row: EnrichmentItem) -> str:
    """Say to people what it is for."""
    return f"Enrichment of {row.organisation}"


TABLE = Table(
    model=EnrichmentItem,
    work=work,
    gave_up=gave_up,
    queued_again=queued_again,
    about=about,
    batch=THREADS,
    threads=THREADS,
    suspects=THREADS // 3,
    related=("run", "organisation"),
)
