"""A campaign that goes on by itself: planned by a person, started by a worker at its time."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import calendar, choosing, criteria, outcome, runs
from campaigns.models import Campaign, Run, Schedule
from crm.ledger import audit
from crm.notices.telling import Kind, tell
from crm.tenants.acting import acting_for
from crm.tenants.members import who_is_still_here
from crm.tenants.models import Tenant, User
from crm.work.lease import FREE, Lease
from crm.work.models import State
from crm.work.table import Table

MODES = (Run.Mode.MORE, Run.Mode.AGAIN)
# A clock that was set back is not further behind its own past than that.
LONGEST_SET_BACK = timedelta(days=1)
STOPPED = "The run that was due did not start, because of errors."


class CannotSchedule(ValueError):
    """The schedule can't be what was asked; the sentence says why."""


@transaction.atomic
def plan(
    campaign: Campaign,
    *,
    every: str,
    at: time,
    weekday: int = 0,
    day: int = 1,
    mode: str = Run.Mode.MORE,
    by: User,
) -> Schedule:
    """Have the campaign run at these times, by a new schedule or by the changed one it has.

    Raises CannotSchedule. What was switched off is on then.
    """
    _check(every, weekday, day, mode)
    tenant = campaign.tenant
    _check_asks(campaign, mode)
    # Two who plan at once make one schedule.
    Campaign.of(tenant).select_for_update(no_key=True).get(pk=campaign.pk)
    row = of(campaign, hold=True) or Schedule(tenant=tenant, campaign=campaign, made_by=by)
    is_new = row._state.adding
    was_on, was_due = row.is_on and not is_new, _timing(row)
    before = {} if is_new else _facts(row)
    row.every, row.weekday, row.day, row.mode = every, weekday, day, mode
    row.at = at.replace(second=0, microsecond=0, tzinfo=None)
    if was_on and _facts(row) == before and _timing(row) == was_due:
        return row
    if not who_is_still_here(tenant, [row.made_by] if row.made_by else []):
        row.made_by = by
    keeps_its_time = was_on and _timing(row) == was_due
    _wait(row, row.due_at if keeps_its_time else _next(row, tenant))
    row.save()
    verb = "scheduled" if is_new else "schedule changed"
    audit.write(campaign, verb, by=by, before=before, after=_facts(row))
    return row


def _check_asks(campaign: Campaign, mode: str) -> None:
    """Refuse what would say each time that it asks nobody."""
    if mode == Run.Mode.AGAIN and not choosing.can_repeat(campaign.tenant, criteria.of(campaign)):
        raise CannotSchedule(str(runs.PaidAgain()))


def of(campaign: Campaign, *, hold: bool = False) -> Schedule | None:
    """Give the campaign's schedule; `hold` it until the transaction ends."""
    rows = Schedule.of(campaign.tenant).filter(campaign=campaign)
    if hold:
        return rows.select_for_update(of=("self",)).select_related("made_by").first()
    return rows.select_related("made_by", "last_run").first()


@transaction.atomic
def switch_off(campaign: Campaign, *, by: User) -> None:
    """Let it rest; a run that is under way goes on."""
    row = _held(campaign)
    if not row.is_on:
        raise CannotSchedule("The schedule is switched off already.")
    for name, value in {"state": State.HELD, **FREE}.items():
        setattr(row, name, value)
    row.save()
    audit.write(campaign, "schedule switched off", by=by)


@transaction.atomic
def switch_on(campaign: Campaign, *, by: User) -> Schedule:
    """Let it go on, at its next time."""
    row = _held(campaign)
    if row.is_on:
        raise CannotSchedule("The schedule is switched on already.")
    _check_asks(campaign, row.mode)
    _wait(row, _next(row, campaign.tenant))
    row.save()
    audit.write(campaign, "schedule switched on", by=by)
    return row


@transaction.atomic
def remove(campaign: Campaign, *, by: User) -> None:
    """Forget it; its runs and what they found stay."""
    row = _held(campaign)
    audit.write(campaign, "schedule removed", by=by, before=_facts(row))
    row.delete()


def work(row: Schedule, lease: Lease) -> None:
    """Start the run that is due, or note why not, and wait for the next time: all or nothing."""
    # The database, not this machine, said that it is due: their clocks may differ.
    now = max(timezone.now(), row.due_at)
    with acting_for(row.tenant):
        run, refusal = _start(row)
        began = {"last_run": run} if run is not None else {}
        lease.release(
            row,
            state=State.WAITING,
            due_at=calendar.next_time(row, now, row.tenant.zone),
            last_at=now,
            last_result=refusal,
            last_error="",
            **began,
        )


def _start(row: Schedule) -> tuple[Run | None, str]:
    campaign = row.campaign
    campaign.tenant = row.tenant
    try:
        return runs.start(campaign, Run.Mode(row.mode), by=None, is_scheduled=True), ""
    except runs.AlreadyRunning:
        return None, _is_under_way(row)
    except runs.CannotRun as refusal:
        return None, f"Did not run: {refusal}"


def _is_under_way(row: Schedule) -> str:
    rows = Run.of(row.tenant).filter(campaign=row.campaign_id, state__in=Run.ACTIVE)
    run = rows.first()
    if run is None:
        return "Skipped: the run before it was still under way."
    began = calendar.day_label(run.created_at, row.tenant.zone, timezone.now())
    paused = ", paused" if run.state == Run.State.PAUSED else ""
    return f"Skipped: the run of {began} is still under way{paused}."


def gave_up(row: Schedule) -> None:
    """Note that it stands still, and tell whom its runs concern."""
    now = timezone.now()
    Schedule.of(row.tenant).filter(pk=row.pk).update(last_at=now, last_result=STOPPED)
    campaign = row.campaign
    tell(
        outcome.concerned(campaign, [row.made_by, campaign.created_by]),
        Kind.RUN_FAILED,
        f"{campaign.name}: its schedule was switched off after too many errors. Switch it on"
        " again on the campaign's page.",
        tenant=row.tenant,
        url=campaign.get_absolute_url(),
        about=campaign,
    )


def queued_again(row: Schedule) -> None:
    """Let a schedule that was given up wait for its proper next time."""
    _wait(row, _next(row, row.tenant))
    dead = Schedule.of(row.tenant).filter(pk=row.pk, state=State.DEAD)
    dead.update(**{name: getattr(row, name) for name in WAITS})


WAITS = ("state", "due_at", "attempts", "crashes", "last_error", *FREE)


def _wait(row: Schedule, due_at: datetime) -> None:
    """Make it a row that waits, with a clean record; whoever holds it loses it."""
    clean = {"state": State.WAITING, "due_at": due_at, "attempts": 0, "crashes": 0}
    for name, value in {**clean, "last_error": "", **FREE}.items():
        setattr(row, name, value)


def _next(row: Schedule, tenant: Tenant) -> datetime:
    """Give its next time, and not once more the one at which it has just run."""
    now = timezone.now()
    after = now
    if row.last_at is not None and now < row.last_at < now + LONGEST_SET_BACK:
        after = row.last_at
    return calendar.next_time(row, after, tenant.zone)


def _held(campaign: Campaign) -> Schedule:
    row = of(campaign, hold=True)
    if row is None:
        raise CannotSchedule(f"“{campaign.name}” has no schedule any more.")
    return row


def _timing(row: Schedule) -> tuple[Any, ...]:
    on = row.weekday if row.every == Schedule.Every.WEEK else row.day
    return (row.every, on, row.at)


def _facts(row: Schedule) -> dict[str, Any]:
    return {"when": calendar.label(row), "mode": str(row.mode)}


def _check(every: str, weekday: int, day: int, mode: str) -> None:
    if every not in Schedule.Every.values:
        raise CannotSchedule("A campaign runs by itself every week or every month.")
    if weekday not in range(7):
        raise CannotSchedule("Choose a weekday, from Monday to Sunday.")
    check_day(day)
    if mode not in MODES:
        raise CannotSchedule("By itself a campaign can find more or run again.")


def check_day(day: int) -> None:
    """Refuse what is no day of a month; raises CannotSchedule."""
    if day not in calendar.DAYS:
        raise CannotSchedule(f"A month has the days 1 to 31; {day} is none of them.")


def about(row: Schedule) -> str:
    """Say to people whose schedule it is."""
    return f"Schedule of {row.campaign}"


TABLE = Table(
    model=Schedule,
    work=work,
    gave_up=gave_up,
    queued_again=queued_again,
    about=about,
    related=("campaign",),
    at_rest=State.HELD,
)
