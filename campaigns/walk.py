"""One piece of a source's walk: a few sightings, each settled in a transaction of its own."""

from django.db.models import F

from campaigns import runs
from campaigns.discovery.contract import Sighting
from campaigns.discovery.sources import BY_SLUG
from campaigns.models import Finding, SourceRun
from crm.pipeline.models import Stage
from crm.tenants.acting import acting_for
from crm.work.lease import Lease
from crm.work.table import Table
from leads import intake

# Small enough that the newest leads are scored, and other runs served, several times a second.
PIECE = 20


def walk(row: SourceRun, lease: Lease) -> None:
    """Settle the next sightings, then finish, or give the row back for its next piece."""
    with acting_for(row.tenant):
        run = row.run
        runs.begin(run)
        entrance = intake.entrance(row.tenant)
        sightings = BY_SLUG[row.source].walk(
            runs.target(run.campaign), after=row.cursor, stop_at=row.stop_at, most=PIECE
        )
    for sighting in sightings:
        if row.created >= run.maximum:
            break
        _settle(row, sighting, entrance, lease)
    with acting_for(row.tenant):
        if row.created >= run.maximum or len(sightings) < PIECE:
            lease.finish(row)
            runs.finish(run)
        else:
            lease.release(row)


def _settle(row: SourceRun, sighting: Sighting, entrance: Stage, lease: Lease) -> None:
    """Write the verdict, the counters and the cursor together: a killed worker repeats nothing."""
    with acting_for(row.tenant):
        outcome = _verdict(row, sighting, entrance)
        Finding.of(row.tenant).create(
            tenant=row.tenant,
            run=row.run,
            source=row.source,
            key=sighting.key,
            verdict=outcome.verdict,
            reason=outcome.reason[:100],
            detail=outcome.detail[:400],
            name=sighting.candidate.name[:300],
            postcode=sighting.candidate.postcode,
            miles=sighting.miles,
            organisation=outcome.organisation,
            lead=outcome.lead,
        )
        counter = COUNTER[outcome.verdict]
        lease.write(row, cursor=sighting.cursor, found=F("found") + 1, **{counter: F(counter) + 1})
    row.cursor = sighting.cursor
    setattr(row, counter, getattr(row, counter) + 1)


COUNTER = {
    intake.CREATED: "created",
    intake.DUPLICATE: "duplicates",
    intake.REJECTED: "rejected",
}


def _verdict(row: SourceRun, sighting: Sighting, entrance: Stage) -> intake.Outcome:
    if sighting.refusal:
        return intake.Outcome(intake.REJECTED, sighting.refusal, sighting.detail)
    run = row.run
    origin = run.campaign.as_origin()
    return intake.admit(sighting.candidate, into=entrance, origin=origin, by=run.by)


def gave_up(row: SourceRun) -> None:
    """End the run as failed, with the error, and tell the person who started it."""
    runs.finish(row.run)


TABLE = Table(model=SourceRun, work=walk, gave_up=gave_up)
