"""One piece of a source's walk: a few sightings, settled in one transaction."""

from collections.abc import Sequence

from campaigns import criteria, runs
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Sighting
from campaigns.discovery.sources import BY_SLUG
from campaigns.models import Finding, SourceRun
from crm.tenants.acting import acting_for
from crm.work.lease import Lease
from crm.work.table import Table
from leads.identity import candidate as candidates
from leads.intake import closures, intake
from leads.intake.grounds import Ground

# Small enough that the first ten leads show at once and other runs are served several times a
# second; what a killed worker had of it is done again.
PIECE = 20

COUNTERS = {
    intake.CREATED: "created",
    intake.DUPLICATE: "duplicates",
    intake.REJECTED: "rejected",
}
Settled = list[tuple[Sighting, intake.Outcome]]


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
        settled = _settle(row, wanted, sightings, room)
        _write(row, settled, lease)
        created = sum(outcome.verdict == intake.CREATED for _, outcome in settled)
        if created == room or len(sightings) < PIECE or runs.is_spent(run):
            lease.finish(row)
            runs.finish(run)
        else:
            lease.release(row)


def _settle(row: SourceRun, wanted: Criteria, sightings: Sequence[Sighting], room: int) -> Settled:
    """Give each sighting its outcome, in order, until the run has its maximum."""
    admitted = iter(
        intake.admit_all(
            [sighting.candidate for sighting in sightings if not sighting.refusal],
            into=intake.entrance(row.tenant),
            origin=row.run.campaign.as_origin(),
            by=row.run.by,
            most_new=room,
            terms=intake.Terms(
                wanted.takes_customers, wanted.min_employees, wanted.only_known_size
            ),
        )
    )
    settled: Settled = []
    for sighting in sightings:
        if room == 0:
            break
        outcome = _refuse(row, sighting) if sighting.refusal else next(admitted)
        room -= outcome.verdict == intake.CREATED
        settled.append((sighting, outcome))
    return settled


def _refuse(row: SourceRun, sighting: Sighting) -> intake.Outcome:
    known = None
    if sighting.ground == Ground.CLOSED and sighting.candidate.entry is not None:
        known = closures.note(sighting.candidate.entry, tenant=row.tenant)
    return intake.Outcome(
        intake.REJECTED, sighting.refusal, sighting.detail, known, ground=sighting.ground
    )


def _write(row: SourceRun, settled: Settled, lease: Lease) -> None:
    if not settled:
        return
    Finding.of(row.tenant).bulk_create(
        _finding(row, sighting, outcome) for sighting, outcome in settled
    )
    row.cursor = settled[-1][0].cursor
    row.found += len(settled)
    row.cost_micros += sum(sighting.cost_micros for sighting, _ in settled)
    for _, outcome in settled:
        counter = COUNTERS[outcome.verdict]
        setattr(row, counter, getattr(row, counter) + 1)
    changed = ("cursor", "found", "cost_micros", *COUNTERS.values())
    lease.write(row, **{name: getattr(row, name) for name in changed})


def _finding(row: SourceRun, sighting: Sighting, outcome: intake.Outcome) -> Finding:
    return Finding(
        tenant=row.tenant,
        run=row.run,
        source=row.source,
        key=sighting.key,
        verdict=outcome.verdict,
        ground=outcome.ground,
        reason=outcome.reason[:100],
        detail=candidates.plain(outcome.detail)[:400],
        name=candidates.plain(sighting.candidate.name)[:300],
        postcode=candidates.plain(sighting.candidate.postcode)[:12],
        miles=sighting.miles,
        proof=sighting.candidate.proof,
        proof_date=sighting.candidate.proof_date,
        candidate=None
        if outcome.verdict == intake.CREATED
        else candidates.as_json(sighting.candidate),
        organisation=outcome.organisation,
        lead=outcome.lead,
    )


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
    source = BY_SLUG.get(row.source)
    return f"{row.run}: {source.label if source else row.source}"


TABLE = Table(
    model=SourceRun,
    work=walk,
    gave_up=gave_up,
    queued_again=runs.revive,
    put_off=put_off,
    about=about,
    related=("run__campaign",),
    hold=hold,
)
