"""One piece of a source's share of a run: a few sightings, settled in one transaction.

A source that is asked takes its next step instead.
"""

from collections.abc import Sequence
from typing import Any

from campaigns import criteria, runs, settled
from campaigns.asking import steps
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Sighting
from campaigns.discovery.sources import BY_SLUG, LIVE_BY_SLUG, label
from campaigns.models import SourceRun
from crm.tenants.acting import acting_for
from crm.work.lease import Lease
from crm.work.table import Table
from leads.intake import closures, intake
from leads.intake.grounds import Ground

# Small enough that the first ten leads show at once and other runs are served several times a
# second; what a killed worker had of it is done again.
PIECE = 20


def work(row: SourceRun, lease: Lease) -> None:
    """Do what is next for the source."""
    if row.source in LIVE_BY_SLUG:
        steps.take(row, lease)
    else:
        walk(row, lease)


def walk(row: SourceRun, lease: Lease) -> None:
    """Settle the next sightings and write verdicts, counters and cursor together.

    A worker that is killed at any instant has done the whole piece or nothing of it.
    """
    with acting_for(row.tenant):
        run = row.run
        runs.begin(run)
        wanted = criteria.read(run.wanted)
        sightings = BY_SLUG[row.source].walk(
            row.tenant,
            wanted.target(),
            after=row.cursor,
            stop_at=row.stop_at,
            most=PIECE,
        )
    with acting_for(row.tenant):
        room = runs.room(run)
        found = _settle(row, wanted, sightings, room)
        _write(row, found, lease)
        created = sum(outcome.verdict == intake.CREATED for _, outcome in found)
        if created == room or len(sightings) < PIECE or runs.is_spent(run):
            lease.finish(row)
            runs.finish(run)
        else:
            lease.release(row)


def _settle(
    row: SourceRun, wanted: Criteria, sightings: Sequence[Sighting], room: int
) -> settled.Settled:
    """Give each sighting its outcome, in order, until the run has its maximum."""
    admitted = iter(
        intake.admit_all(
            [sighting.candidate for sighting in sightings if not sighting.refusal],
            into=intake.entrance(row.tenant),
            origin=row.run.campaign.as_origin(),
            by=row.run.by,
            most_new=room,
            terms=settled.terms(wanted),
        )
    )
    found: list[tuple[Sighting, intake.Outcome]] = []
    for sighting in sightings:
        if room == 0:
            break
        outcome = _refuse(row, sighting) if sighting.refusal else next(admitted)
        room -= outcome.verdict == intake.CREATED
        found.append((sighting, outcome))
    return found


def _refuse(row: SourceRun, sighting: Sighting) -> intake.Outcome:
    known = None
    if sighting.ground == Ground.CLOSED and sighting.candidate.entry is not None:
        known = closures.note(sighting.candidate.entry, tenant=row.tenant)
    return intake.Outcome(
        intake.REJECTED, sighting.refusal, sighting.detail, known, ground=sighting.ground
    )


def _write(row: SourceRun, found: settled.Settled, lease: Lease) -> None:
    if not found:
        return
    settled.write(row, found)
    row.cursor = found[-1][0].cursor
    row.cost_micros += sum(sighting.cost_micros for sighting, _ in found)
    changes: dict[str, Any] = {"cursor": row.cursor, "cost_micros": row.cost_micros}
    for name, number in settled.counted(found).items():
        changes[name] = getattr(row, name) + number
        setattr(row, name, changes[name])
    lease.write(row, **changes)


def gave_up(row: SourceRun) -> None:
    """End the run as failed, with the error, and tell the person who started it."""
    runs.finish(row.run)


def put_off(row: SourceRun) -> None:
    """Let the run wait for the next attempt."""
    runs.wait(row.run)


def hold(row: SourceRun) -> None:
    """Take the run before its source, as whoever pauses it does."""
    runs.locked(row.run)


def about(row: SourceRun) -> str:
    """Say to people which source's share of which run it is."""
    return f"{row.run}: {label(row.source)}"


TABLE = Table(
    model=SourceRun,
    work=work,
    gave_up=gave_up,
    queued_again=runs.revive,
    put_off=put_off,
    about=about,
    related=("run__campaign",),
    hold=hold,
)
