"""A campaign's runs: start one, see it through, say how it ended."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from campaigns.discovery.contract import EDGE, Cursor, Source, Target
from campaigns.discovery.sources import BY_SLUG, serving
from campaigns.kinds import Kind
from campaigns.kinds import get as kind_of
from campaigns.models import Campaign, Finding, Run, SourceRun
from crm import tasks
from crm.ledger import audit
from crm.look import formats
from crm.notices.models import tell
from crm.places import locate
from crm.tenants.models import User
from crm.work.models import State
from crm.work.queue import CannotQueue

FAILED = (
    "Stopped by an error. What was found until then is kept; “Find more” goes on from there."
    " The administration shows the error, under “Sources of runs”."
)
# What a wider circle is offered in, when nothing is left in this one.
WIDER_MILES = 5
WIDEST_MILES = 200


class CannotRun(ValueError):
    """The run can't be started; the sentence says why and what to do."""


class AlreadyRunning(CannotRun):
    """The campaign has a run under way."""


class NoSource(CannotRun):
    """No source that this installation has can find anything for the kind."""

    def __init__(self, kind: Kind) -> None:
        needed = formats.either(kind.needs)
        super().__init__(f"{kind.name} needs {needed}, not connected in this installation yet.")


def target(campaign: Campaign) -> Target:
    """Give the campaign's circle and kind."""
    place = locate.place(campaign.postcode)
    return Target(kind_of(campaign.kind), place, campaign.miles, campaign.takes_edge)


def start(campaign: Campaign, mode: Run.Mode, *, by: User | None, wake: bool = True) -> Run:
    """Start a run: FIRST and AGAIN walk from the middle of the circle, MORE behind the last place.

    AGAIN stops where the campaign has been; it repeats the same slice.
    """
    sources = serving(kind_of(campaign.kind))
    if not sources:
        raise NoSource(kind_of(campaign.kind))
    tenant = campaign.tenant
    try:
        with transaction.atomic():
            run = Run.of(tenant).create(
                tenant=tenant,
                campaign=campaign,
                mode=mode,
                maximum=campaign.max_results,
                expected=_expected(campaign, mode, sources),
                by=by,
            )
    except IntegrityError:
        raise AlreadyRunning(f"“{campaign.name}” is running already.") from None
    SourceRun.of(tenant).bulk_create(
        SourceRun(tenant=tenant, run=run, source=source.slug, **_slice(campaign, mode, source))
        for source in sources
    )
    audit.write(campaign, "run started", by=by, after={"mode": mode.value})
    if wake:
        tasks.wake()
    return run


def _slice(campaign: Campaign, mode: Run.Mode, source: Source) -> dict[str, Cursor | None]:
    reached = campaign.positions.get(source.slug)
    if mode == Run.Mode.MORE:
        return {"cursor": reached, "stop_at": None}
    return {"cursor": None, "stop_at": reached}


def _expected(campaign: Campaign, mode: Run.Mode, sources: list[Source]) -> int:
    if mode == Run.Mode.AGAIN:
        return (
            Finding.of(campaign.tenant)
            .filter(run__campaign=campaign)
            .values("key")
            .distinct()
            .count()
        )
    aim = target(campaign)
    new = sum(
        source.new(campaign.tenant, aim, after=_slice(campaign, mode, source)["cursor"])
        for source in sources
    )
    return min(new, campaign.max_results)


def room(run: Run) -> int:
    """Say how many leads the run may still create, and let no other source of it decide now."""
    Run.of(run.tenant).select_for_update(no_key=True).get(pk=run.pk)
    created = SourceRun.of(run.tenant).filter(run=run).aggregate(n=Sum("created", default=0))["n"]
    return max(0, run.maximum - created)


def begin(run: Run) -> None:
    """Note the first moment of work."""
    waiting = Run.of(run.tenant).filter(pk=run.pk, state=Run.State.QUEUED)
    waiting.update(state=Run.State.RUNNING, started_at=timezone.now())


def finish(run: Run) -> None:
    """End the run when its last source has ended; call it in the transaction of that ending."""
    rows = Run.of(run.tenant).select_for_update(of=("self",)).select_related("campaign", "by")
    run = rows.get(pk=run.pk)
    sources = list(SourceRun.of(run.tenant).filter(run=run))
    if not run.is_active or not all(source.is_over for source in sources):
        return
    campaign = run.campaign
    _move_on(campaign, sources)
    has_failed = any(source.state == State.DEAD for source in sources)
    created = sum(source.created for source in sources)
    run.state = Run.State.FAILED if has_failed else Run.State.COMPLETED
    run.started_at = run.started_at or timezone.now()
    run.finished_at = timezone.now()
    run.left = None if has_failed else _left(campaign)
    run.reason = FAILED if has_failed else _outcome(run, created)
    run.save(update_fields=["state", "started_at", "finished_at", "left", "reason"])
    tell(
        run.by or campaign.created_by,
        f"{campaign.name}: {run.reason}",
        tenant_id=run.tenant_id,
        url=campaign.get_absolute_url(),
    )
    audit.write(campaign, "run ended", by=None, after={"state": run.state, "created": created})


def resume(source: SourceRun) -> None:
    """Let a failed run go on, because its source was queued again."""
    run = source.run
    try:
        with transaction.atomic():
            Run.of(run.tenant).filter(pk=run.pk, state=Run.State.FAILED).update(
                state=Run.State.RUNNING, finished_at=None, reason="", left=None
            )
    except IntegrityError:
        raise CannotQueue(
            f"“{run.campaign.name}” has a newer run under way. Wait for its end first."
        ) from None


def _move_on(campaign: Campaign, sources: list[SourceRun]) -> None:
    for source in sources:
        reached = campaign.positions.get(source.source)
        if source.cursor is not None and (reached is None or source.cursor > reached):
            campaign.positions[source.source] = source.cursor
    campaign.save(update_fields=["positions"])


def _left(campaign: Campaign) -> int:
    aim = target(campaign)
    return sum(
        BY_SLUG[slug].new(campaign.tenant, aim, after=reached)
        for slug, reached in campaign.positions.items()
    )


def _outcome(run: Run, created: int) -> str:
    """Say what came of it: “100 new; 394 left.” or what a wider circle would add."""
    campaign = run.campaign
    found = f"{created:,} new lead{'s' if created != 1 else ''}"
    if run.left:
        return f"{found}; {run.left:,} left."
    edge = Finding.of(run.tenant).filter(run=run, reason=EDGE).count()
    left_out = f" {edge:,} near the edge were left out." if edge else ""
    nothing = f"{found}; nothing certain left" if edge else f"{found}; nothing left"
    return f"{nothing} within {campaign.place_label}.{_wider(campaign)}{left_out}"


def _wider(campaign: Campaign) -> str:
    miles = campaign.miles + WIDER_MILES
    if miles > WIDEST_MILES:
        return ""
    here = target(campaign)
    aim = replace(here, miles=miles)
    gain = sum(source.new(campaign.tenant, aim) for source in serving(here.kind))
    return f" {miles} miles would add {gain:,}." if gain else ""
