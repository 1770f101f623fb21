"""A campaign's runs: start one, let it work, see it to its end."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from campaigns import choosing, criteria, outcome, positions, stalling
from campaigns.cannot import AlreadyRunning as AlreadyRunning
from campaigns.cannot import CannotRun as CannotRun
from campaigns.cannot import NoSource as NoSource
from campaigns.cannot import NotConfirmed as NotConfirmed
from campaigns.cannot import PaidAgain as PaidAgain
from campaigns.cannot import TooFewCredits as TooFewCredits
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Cursor, Source
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import LIVE_BY_SLUG, serving
from campaigns.kinds import UnknownKind
from campaigns.models import Campaign, Finding, Run, SourceRun
from crm import tasks
from crm.credits import credits
from crm.credits.words import PENNY
from crm.ledger import audit
from crm.tenants.models import User
from crm.work.models import State
from crm.work.queue import CannotQueue
from leads.scanning import plan

# Of how a run ended, for good.
MOST_SAID = 500


@transaction.atomic
def start(
    campaign: Campaign,
    mode: Run.Mode,
    *,
    by: User | None,
    is_scheduled: bool = False,
    wake: bool = True,
) -> Run:
    """Start a run: FIRST and AGAIN walk from the middle of the circle, MORE behind the last place.

    AGAIN stops where the campaign has been; it repeats the same slice.
    """
    tenant = campaign.tenant
    campaign = Campaign.of(tenant).select_for_update(no_key=True).get(pk=campaign.pk)
    campaign.tenant = tenant
    wanted = criteria.of(campaign)
    sources = [source for source in serving(wanted.kind) if wanted.asks(source)]
    live = choosing.live(tenant, wanted, mode)
    if not sources and not live:
        if mode == Run.Mode.AGAIN and choosing.live(tenant, wanted, Run.Mode.MORE):
            raise PaidAgain
        raise NoSource(wanted.kind, choosing.obstacles(tenant, wanted))
    asked = [(source, source.quote(tenant, wanted).questions) for source in live]
    earlier = Run.of(tenant).filter(campaign=campaign)
    if under_way := earlier.filter(state__in=Run.ACTIVE).first():
        raise AlreadyRunning(_is_under_way(campaign, under_way))
    run = Run(
        tenant=tenant,
        campaign=campaign,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        mode=mode,
        wanted=wanted.as_json(),
        maximum=wanted.max_results,
        expected=_expected(campaign, mode, sources, wanted, asks=bool(live)),
        by=by,
        is_scheduled=is_scheduled,
    )
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        # Somebody revived an earlier one at the same moment.
        raise AlreadyRunning(f"“{campaign.name}” is running already.") from None
    # What failed before is left to this run, which goes on behind it.
    failed = SourceRun.of(tenant).filter(run__campaign=campaign, state=State.DEAD)
    failed.update(state=State.DONE)
    SourceRun.of(tenant).bulk_create(
        SourceRun(tenant=tenant, run=run, source=source.slug, **_slice(campaign, mode, source))
        for source in sources
    )
    SourceRun.of(tenant).bulk_create(
        SourceRun(
            tenant=tenant,
            run=run,
            source=source.slug,
            questions_most=most,
        )
        for source, most in asked
    )
    _set_aside(run, wanted, asked)
    audit.write(campaign, "run started", by=by, after={"mode": mode.value, "number": run.number})
    if wake:
        tasks.wake()
    return run


def _is_under_way(campaign: Campaign, run: Run) -> str:
    if run.state == Run.State.PAUSED:
        return f"A run of “{campaign.name}” is paused. Resume or cancel that one first."
    return f"“{campaign.name}” is running already."


def _slice(campaign: Campaign, mode: Run.Mode, source: Source) -> dict[str, Cursor | None]:
    reached = campaign.positions.get(source.slug)
    if mode == Run.Mode.MORE:
        return {"cursor": reached, "stop_at": None}
    return {"cursor": None, "stop_at": reached}


def _set_aside(run: Run, wanted: Criteria, asked: Sequence[tuple[LiveSource, int]]) -> None:
    """Have the account hold what was confirmed, or what asking would take at the most if less."""
    most = choosing.credits_of(run.tenant, asked)
    if not most:
        return
    most = min(most, wanted.credits_most)
    if not most:
        raise NotConfirmed
    try:
        run.reservation = credits.reserve(
            run.tenant, most, by=run.by, for_=choosing.purpose(run.campaign)
        )
    except credits.TooFew as few:
        raise TooFewCredits(str(few)) from None
    run.credits_most = most
    run.save(update_fields=["reservation", "credits_most"])


def _expected(
    campaign: Campaign, mode: Run.Mode, sources: list[Source], wanted: Criteria, *, asks: bool
) -> int:
    if asks and mode != Run.Mode.AGAIN:
        return wanted.max_results
    if mode == Run.Mode.AGAIN:
        return (
            Finding.of(campaign.tenant)
            .filter(run__campaign=campaign)
            .values("key")
            .distinct()
            .count()
        )
    aim = wanted.target()
    new = sum(
        source.new(campaign.tenant, aim, after=_slice(campaign, mode, source)["cursor"])
        for source in sources
        if wanted.takes_from(source)
    )
    return min(new, wanted.max_results)


def room(run: Run) -> int:
    """Say how many leads the run may still create, and let no other source of it decide now."""
    Run.of(run.tenant).select_for_update(no_key=True).get(pk=run.pk)
    return missing(run)


def missing(run: Run) -> int:
    """Say how many leads it may still create, as far as has been written down."""
    created = SourceRun.of(run.tenant).filter(run=run).aggregate(n=Sum("created", default=0))["n"]
    return max(0, run.maximum - created)


def is_spent(run: Run) -> bool:
    """Say whether the run has cost what it may; call it under `room`."""
    budget = criteria.read(run.wanted).budget_pence
    if budget is None:
        return False
    rows = SourceRun.of(run.tenant).filter(run=run)
    spent: int = rows.aggregate(n=Sum("cost_micros", default=0))["n"]
    return spent >= budget * PENNY


def is_pinched(run: Run, sources: Sequence[SourceRun]) -> bool:
    """Say whether less is left of its budget than a question may cost, with leads missing."""
    budget = criteria.read(run.wanted).budget_pence
    asked = [LIVE_BY_SLUG[row.source] for row in sources if row.source in LIVE_BY_SLUG]
    charges = [source.charge() for source in asked if source.costs]
    if budget is None or not any(charges) or sum(row.created for row in sources) >= run.maximum:
        return False
    if not any(row.is_cut_short for row in sources):
        # There was nothing left to ask.
        return False
    left = budget * PENNY - sum(row.cost_micros for row in sources)
    return left < max(charges)


def begin(run: Run) -> None:
    """Note that there is work on it, the first time or once more."""
    now = timezone.now()
    still = Run.of(run.tenant).filter(pk=run.pk, state__in=[Run.State.QUEUED, Run.State.WAITING])
    if still.update(state=Run.State.RUNNING, since=now):
        Run.of(run.tenant).filter(pk=run.pk, started_at=None).update(started_at=now)


def wait(run: Run) -> None:
    """Note that it waits for its next attempt, or for an answer."""
    moving = Run.of(run.tenant).filter(pk=run.pk, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    moving.update(state=Run.State.WAITING, since=timezone.now())


def finish(run: Run) -> None:
    """End the run when its last source has ended; call it in the transaction of that ending."""
    run = locked(run)
    sources = list(SourceRun.of(run.tenant).filter(run=run))
    if not run.is_active:
        return
    if not all(source.is_over for source in sources) and not stalling.is_enough(run, sources):
        stalling.stall(run, sources)
        return
    if sources and stalling.is_checking(sources):
        # A source was given up while its questions were under way: they are paid for.
        return
    has_failed = any(source.state == State.DEAD for source in sources)
    move_on(run, sources)
    is_over_budget = not has_failed and (is_spent(run) or is_pinched(run, sources))
    ended = outcome.read(run, sources, has_failed=has_failed, is_spent=is_over_budget)
    end(run, Run.State.FAILED if has_failed else Run.State.COMPLETED, ended)
    audit.write(
        run.campaign, "run ended", by=None, after={"state": run.state, "created": ended.created}
    )
    if ended.created:
        plan.came_in(run.tenant)


def locked(run: Run) -> Run:
    """Give the run as it is now, and hold it until the transaction ends."""
    rows = Run.of(run.tenant).select_for_update(of=("self",))
    return rows.select_related("campaign__tenant", "tenant", "by").get(pk=run.pk)


def end(run: Run, state: Run.State, ended: outcome.Outcome) -> None:
    """Write down how a locked run ended, and tell whom it concerns."""
    now = timezone.now()
    run.state, run.since, run.finished_at = state, now, now
    run.started_at = run.started_at or now
    run.left, run.reason = ended.left, ended.sentence[:MOST_SAID]
    run.save(update_fields=["state", "since", "started_at", "finished_at", "left", "reason"])
    if run.reservation is not None:
        credits.release(run.tenant, run.reservation)
    outcome.tell(run, ended)


def revive(source: SourceRun) -> None:
    """Let a failed run go on, because its source was queued again; raises CannotQueue."""
    run = locked(source.run)
    if run.state in Run.MOVING:
        return
    if run.state == Run.State.PAUSED:
        raise CannotQueue(f"A run of “{run.campaign.name}” is paused. Resume it first.")
    if run.state != Run.State.FAILED:
        ended = run.get_state_display().lower()
        raise CannotQueue(f"The run of “{run.campaign.name}” is {ended}. Start another one.")
    if run.reservation is not None:
        raise CannotQueue(
            f"What was confirmed for this run of “{run.campaign.name}” was given back. “Find more”"
            " goes on where it stopped."
        )
    if Run.of(run.tenant).filter(campaign=run.campaign_id, number__gt=run.number).exists():
        raise CannotQueue(f"“{run.campaign.name}” has a newer run, which went on behind this one.")
    run.state, run.since = Run.State.RUNNING, timezone.now()
    run.finished_at, run.reason, run.left = None, "", None
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "since", "finished_at", "reason", "left"])
    except IntegrityError:
        raise CannotQueue(f"“{run.campaign.name}” has a newer run under way.") from None


def move_on(run: Run, sources: list[SourceRun]) -> None:
    """Let the campaign's next run go on behind what this one has settled.

    As far as that holds for what the campaign asks for by now.
    """
    campaign = Campaign.of(run.tenant).select_for_update(no_key=True).get(pk=run.campaign_id)
    reached = {row.source: row.cursor for row in sources if row.cursor is not None}
    try:
        walked, wanted = criteria.read(run.wanted), criteria.of(campaign)
    except UnknownKind:
        # The product knows no such campaign any more; its run ends all the same.
        return
    for source, place in positions.carried(reached, walked=walked, wanted=wanted).items():
        earlier = campaign.positions.get(source)
        if earlier is None or place > earlier:
            campaign.positions[source] = place
    campaign.save(update_fields=["positions"])
