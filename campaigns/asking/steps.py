"""A live source's next step in a run: plan a wave of questions, wait for it, or end.

The row of the source only plans. Questions and checks are rows of their own, worked on side by
side; whichever of them is the last that the source waits for wakes it again.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from campaigns import criteria, runs, unanswered
from campaigns.asking import leftovers, money
from campaigns.asking.openness import asks, checks, likely_missing, still_missing
from campaigns.asking.trouble import stop
from campaigns.discovery.live import Brief, Earlier, LiveSource, Question
from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.kinds import UnknownKind
from campaigns.models import Finding, Inquiry, Run, SourceRun, Verification
from crm import tasks
from crm.tenants.acting import acting_for
from crm.work import together
from crm.work.lease import Lease
from crm.work.models import LIVE, State

# A source looks again by itself, should nobody wake it.
SECONDS_UNTIL_LOOKING = 60
# Those that are free go first, and take seconds.
SECONDS_FOR_OTHERS = 1
# Of one wave, whatever a source plans.
MOST_QUESTIONS = 200


def take(row: SourceRun, lease: Lease) -> None:
    """Take the source's next step, in one transaction."""
    source = LIVE_BY_SLUG[row.source]
    with acting_for(row.tenant):
        run = row.run
        runs.begin(run)
        room = runs.room(run)
        if asks(row):
            _wait(row, lease, SECONDS_UNTIL_LOOKING)
        elif not room or runs.is_spent(run):
            _end(row, lease)
        elif still_missing(run) <= 0:
            _wait(row, lease, SECONDS_UNTIL_LOOKING)
        elif source.costs and _others_go_first(row):
            _wait(row, lease, SECONDS_FOR_OTHERS)
        elif leftovers.take_over(row, _behind(run)):
            _wait(row, lease, SECONDS_UNTIL_LOOKING)
            tasks.wake()
        else:
            _plan(row, lease, source)


def _wait(row: SourceRun, lease: Lease, seconds: float) -> None:
    lease.release(row, state=State.WAITING, due_at=Now() + timedelta(seconds=seconds))


def _end(row: SourceRun, lease: Lease) -> None:
    """End it, once its last candidate has its verdict."""
    if checks(row):
        lease.write(row, has_asked_all=True)
        _wait(row, lease, SECONDS_UNTIL_LOOKING)
        return
    lease.finish(row)
    runs.finish(row.run)


def _others_go_first(row: SourceRun) -> bool:
    """Whether a source that is free may soon find what this one would be paid for."""
    paid = [slug for slug, source in LIVE_BY_SLUG.items() if source.costs]
    rows = SourceRun.of(row.tenant).filter(run=row.run_id).exclude(source__in=paid)
    rows = rows.exclude(state__in=[State.DONE, State.DEAD, State.HELD])
    # What is being checked of theirs has been counted, and is too little.
    return any(not (each.has_asked_all or _is_put_off(each)) for each in rows)


def _is_put_off(row: SourceRun) -> bool:
    """Whether all that it waits for is a vendor that can't be asked for some time."""
    open_ = Inquiry.of(row.tenant).filter(LIVE, source_run=row)
    soon = timezone.now() + timedelta(seconds=SECONDS_UNTIL_LOOKING)
    if not open_.exists() or open_.exclude(state=State.WAITING, due_at__gt=soon).exists():
        return False
    return not Verification.of(row.tenant).filter(LIVE, source_run=row).exists()


def _plan(row: SourceRun, lease: Lease, source: LiveSource) -> None:
    allowed = money.allowance(row, source)
    most = min(max(1, allowed.questions), MOST_QUESTIONS)
    planned = _left_open(row)[:most] or source.plan(_brief(row, most))[:most]
    if planned and allowed.trouble:
        # What was found is checked all the same: the run stands still when that is over.
        stop(row, allowed.trouble, lease)
        return
    if planned and not allowed.questions:
        cut_short(row)
        planned = []
    if not ask(row, planned, row.wave + 1):
        _end(row, lease)
        return
    lease.write(row, wave=row.wave + 1, has_asked_all=False, is_cut_short=False)
    _wait(row, lease, SECONDS_UNTIL_LOOKING)
    tasks.wake()


def cut_short(row: SourceRun) -> None:
    """Note that it may know of more, and may ask for nothing more in this run."""
    SourceRun.of(row.tenant).filter(pk=row.pk).update(is_cut_short=True)


def _left_open(row: SourceRun) -> list[Question]:
    """What earlier runs had to ask and did not, or would have to ask once more.

    Much of it follows from answers that are there already, so that no plan tells of it.
    """
    asked = Inquiry.of(row.tenant).filter(source_run__source=row.source)
    earlier = asked.filter(source_run__run__in=_behind(row.run), state=State.DONE)
    is_open = Q(trouble__in=unanswered.NOT_ASKED) | leftovers.thrown_away(row.tenant)
    answered = earlier.exclude(is_open).filter(trouble="")
    known = asked.filter(source_run=row)
    left = earlier.filter(is_open).exclude(key__in=answered.values("key"))
    left = left.exclude(key__in=known.values("key")).order_by("id")
    return list({each.key: Question(each.key, each.asked) for each in left}.values())


def ask(
    row: SourceRun, questions: Sequence[Question], wave: int, state: State = State.READY
) -> Sequence[Question]:
    """Write down questions that nobody was asked in this run; give those.

    DONE leaves them to a run that goes on behind this one.
    """
    planned = {each.key[:200]: each for each in questions}
    there = Inquiry.of(row.tenant).filter(source_run=row, key__in=planned)
    # What was planned and not asked for want of money or need may be asked now.
    trouble = unanswered.NOT_NEEDED if state == State.DONE else ""
    again = there.filter(state=State.DONE, trouble__in=unanswered.NOT_ASKED)
    revived = set(again.values_list("key", flat=True))
    together.change(again, state=state, due_at=timezone.now(), trouble=trouble, wave=wave)
    known = set(there.values_list("key", flat=True))
    Inquiry.of(row.tenant).bulk_create(
        Inquiry(
            tenant=row.tenant,
            source_run=row,
            wave=wave,
            key=key,
            asked=dict(each.asked),
            state=state,
            trouble=trouble,
        )
        for key, each in planned.items()
        if key not in known
    )
    return [each for key, each in planned.items() if key not in known or key in revived]


def follow(
    row: SourceRun, questions: Sequence[Question], wave: int, state: State = State.READY
) -> None:
    """Ask what follows from an answer, but for what an earlier run was told."""
    told = {each.key for each in _earlier(row, row.run)} if questions else set()
    ask(row, [each for each in questions if each.key[:200] not in told], wave, state)


def _brief(row: SourceRun, most: int) -> Brief:
    run = row.run
    wanted = criteria.read(run.wanted)

    def known(most: int) -> list[str]:
        # What Google says of a place is told to nobody.
        checked = Verification.of(run.tenant).filter(LIVE, source_run__run=run)
        named = checked.exclude(sighting__place_id__gt="").order_by("-id")
        names = list(named.values_list("sighting__candidate__name", flat=True)[:most])
        findings = Finding.of(run.tenant).filter(run__campaign=run.campaign_id)
        found = findings.order_by("-id").values_list("name", flat=True)
        return [*names, *found[: most - len(names)]]

    return Brief(
        tenant=run.tenant,
        wanted=wanted,
        target=wanted.target(),
        missing=likely_missing(run),
        most=most,
        earlier=_earlier(row, run),
        known=known,
    )


def _earlier(row: SourceRun, run: Run) -> list[Earlier]:
    """What was asked in this run, and what was answered in those that it goes on behind."""
    rows = Inquiry.of(run.tenant).filter(
        source_run__source=row.source, state__in=[State.DONE, State.DEAD]
    )
    rows = rows.exclude(trouble__in=unanswered.NOT_ASKED)
    answered = Q(source_run__run__in=_behind(run), state=State.DONE, trouble="")
    behind = answered & ~leftovers.thrown_away(run.tenant)
    return [
        Earlier(
            each.key,
            each.asked,
            each.wave if each.source_run_id == row.pk else 0,
            each.told,
            each.fresh,
            is_answered=each.state == State.DONE and not each.trouble,
            # Nobody pays twice in a run for the same unanswered.
            may_repeat=not (each.cost_micros or each.credits),
        )
        for each in rows.filter(Q(source_run=row) | behind).order_by("id")
    ]


def _behind(run: Run) -> list[Run]:
    """The campaign's runs that asked for the same, as far as this one goes on behind them."""
    if run.mode != Run.Mode.MORE:
        return []
    walk = criteria.read(run.wanted).walk
    earlier = Run.of(run.tenant).filter(campaign=run.campaign_id, number__lt=run.number)
    return [each for each in earlier if _walk(each) == walk]


def _walk(run: Run) -> object:
    try:
        return criteria.read(run.wanted).walk
    except UnknownKind:
        return None
