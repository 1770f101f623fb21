"""A run as a row of work: it takes what is known, lets its items ask the rest, and ends."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import Now
from django.utils import timezone

from crm import tasks
from crm.changing import change
from crm.credits import credits
from crm.ledger import audit
from crm.notices import telling
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work import together
from crm.work.lease import Lease
from crm.work.models import LIVE, State
from crm.work.table import Table
from leads.enriching import (
    gathering,
    items,
    plan,
    quality,
    run_figures,
    settling,
    stamping,
    visiting,
)
from leads.enriching.questions import following
from leads.enriching.visiting import Visit
from leads.models import EnrichmentItem, EnrichmentRun

Phase = EnrichmentRun.Phase
# So many organisations are taken at once; each lot is a transaction.
LOT = 100
SECONDS_UNTIL_LOOKING = 5
AHEAD = timedelta(days=1)


def advance(row: EnrichmentRun, lease: Lease) -> None:
    """Take the run's next step."""
    with acting_for(row.tenant):
        run = EnrichmentRun.of(row.tenant).select_related("by", "tenant").get(pk=row.pk)
        rows = EnrichmentItem.of(run.tenant).filter(run=run)
        if run.phase == Phase.RUNNING and (lot := _lot(run)):
            _recall(run, lot)
            lease.release(row)
            tasks.wake()
        elif rows.filter(LIVE).exists():
            _wait(row, lease)
        elif run.phase in (Phase.PAUSED, Phase.STOPPED):
            lease.write(row, state=State.HELD, lease_token=None, lease_until=None, lease_holder="")
        else:
            _end(run, row, lease)


def _wait(row: EnrichmentRun, lease: Lease) -> None:
    later = Now() + timedelta(seconds=SECONDS_UNTIL_LOOKING)
    lease.release(row, state=State.WAITING, due_at=later)


def _lot(run: EnrichmentRun) -> list[EnrichmentItem]:
    """Give the next items that nobody has looked at yet; they are held by nobody."""
    rows = EnrichmentItem.of(run.tenant).filter(run=run, state=State.HELD)
    return list(rows.order_by("pk")[:LOT])


def _hold(run: EnrichmentRun, lot: Sequence[EnrichmentItem]) -> set[UUID]:
    """Hold those that are as they were read, after their leads, as all others take them."""
    rows = EnrichmentItem.of(run.tenant).filter(pk__in=[item.pk for item in lot])
    rows = rows.filter(state=State.HELD).order_by("pk").select_for_update(no_key=True)
    now = {row.pk: (row.organisation_id, row.asked) for row in rows}
    return {item.pk for item in lot if now.get(item.pk) == (item.organisation_id, item.asked)}


def _recall(run: EnrichmentRun, lot: Sequence[EnrichmentItem]) -> None:
    """Take what was told before; whoever needs no answer more is done."""
    tenant = run.tenant
    made = plan.make(tenant, run.kinds, run.titles)
    idents = [item.organisation_id for item in lot]
    were = gathering.versions(tenant, idents)
    whole = stamping.fitting(made, were)
    found = gathering.gather(tenant, [ident for ident in idents if ident not in whole])
    dossiers = {each.organisation.pk: each for each in found}
    visits = [
        items.begin(item, run, dossiers[item.organisation_id])
        for item in lot
        if item.organisation_id in dossiers
    ]
    for visit in visits:
        visit.before = quality.reckon(visit.dossier).completeness
    visiting.recall(visits, made)
    open_, known = list[Visit](), list[Visit]()
    for visit in visits:
        is_open = following(visit.dossier, made, visit.asked) is not None
        (open_ if is_open else known).append(visit)
    # Whoever was written to meanwhile is taken anew with the next lot.
    same = settling.hold(tenant, known, were)
    held = _hold(run, lot)
    done = [visit for visit in same if visit.item.pk in held]
    settling.file(tenant, done, run.by)
    stamping.put(made, done)
    for visit in done:
        visit.item.state = State.DONE
        for name, value in items.outcome(visit.item, visit).items():
            setattr(visit.item, name, value)
    rest = [item for item in lot if item.organisation_id not in dossiers and item.pk in held]
    for item in rest:
        item.state = State.DONE
        if item.organisation_id in whole:
            item.before = item.after = whole[item.organisation_id]
        else:
            item.trouble = items.GONE
    changed = [*(visit.item for visit in done), *rest]
    change(changed, ["state", "trouble", "asked", "gained", "credits", "before", "after"])
    ready = EnrichmentItem.of(tenant).filter(pk__in=held & {visit.item.pk for visit in open_})
    # Somebody looks at the page of a single lead: it does not stand in line behind thousands.
    ahead = AHEAD if run.why == EnrichmentRun.Why.LEAD else timedelta()
    together.change(ready, state=State.READY, due_at=timezone.now() - ahead)


def _end(run: EnrichmentRun, row: EnrichmentRun, lease: Lease) -> None:
    """Give back what is left, reckon what it has brought, and tell whoever began it."""
    run.phase = EnrichmentRun.of(run.tenant).select_for_update().get(pk=run.pk).phase
    if run.reservation is not None:
        credits.release(run.tenant, run.reservation)
    found = sums(run)
    phase = Phase.CANCELLED if run.phase == Phase.CANCELLED else Phase.COMPLETED
    lease.finish(
        row,
        phase=phase,
        credits=found["credits"] or 0,
        after=quality.figures(run.tenant, _about(run)),
        result=run_figures.result(run),
        ended_at=timezone.now(),
    )
    run.phase = phase
    audit.write(run, "ended", by=None, after={"phase": phase.label, "credits": found["credits"]})
    if run.by is not None and run.why != EnrichmentRun.Why.LEAD:
        telling.tell(
            [run.by],
            telling.Kind.ENRICHED,
            f"{run} has ended.",
            tenant=run.tenant,
            url=run.get_absolute_url(),
        )


def _about(run: EnrichmentRun) -> QuerySet[Any, Any]:
    return EnrichmentItem.of(run.tenant).filter(run=run).values("organisation")


def sums(run: EnrichmentRun) -> dict[str, Any]:
    """Give what the run's items have come to: how many in each state, credits, completeness."""
    rows = EnrichmentItem.of(run.tenant).filter(run=run)
    return rows.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=State.DONE)),
        finished=Count("pk", filter=Q(state=State.DONE, trouble="")),
        failed=Count("pk", filter=Q(state=State.DEAD)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        credits=Sum("credits", default=0),
        before=Avg("before", filter=Q(state=State.DONE)),
        after=Avg("after", filter=Q(state=State.DONE)),
    )


def needed(tenant: Tenant, reservations: Iterable[UUID]) -> set[UUID]:
    """Give those of these reservations whose run goes on."""
    active = (Phase.RUNNING, Phase.PAUSED, Phase.STOPPED)
    rows = EnrichmentRun.of(tenant).filter(reservation__in=list(reservations), phase__in=active)
    return {each for each in rows.values_list("reservation", flat=True) if each}


def gave_up(row: EnrichmentRun) -> None:
    """Stop the run: what was found stays, and Resume tries again."""
    said = "It failed again and again. Whoever looks after this installation sees why."
    EnrichmentRun.of(row.tenant).filter(pk=row.pk).update(phase=Phase.STOPPED, said=said)


def about(row: EnrichmentRun) -> str:
    """Say to people what it is for."""
    return str(row)


TABLE = Table(model=EnrichmentRun, work=advance, gave_up=gave_up, about=about)
