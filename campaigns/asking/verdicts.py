"""Candidates of live sources: checked one by one, then admitted or kept as findings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns import criteria, runs, settled, unanswered
from campaigns.asking import leftovers, quoting, sightings
from campaigns.asking.openness import wake
from campaigns.criteria import Criteria
from campaigns.discovery.contract import Sighting, Target
from campaigns.discovery.live import Seen
from campaigns.discovery.sources import label
from campaigns.models import Inquiry, Run, SourceRun, Verification
from campaigns.verification import companies, site
from campaigns.verification.contract import CannotTell, Verdict
from campaigns.verification.verify import live, verify
from crm import tasks
from crm.outside import errors
from crm.tenants.acting import acting_for
from crm.work import together
from crm.work.lease import Lease
from crm.work.models import LIVE, State
from crm.work.table import Table
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate
from leads.identity.exact import match
from leads.identity.index import Index
from leads.intake import intake
from leads.intake.grounds import Ground

# A vendor that can't be asked for so long is left out of the checks.
LONGEST_WAIT = timedelta(hours=2)


def queue(inquiry: Inquiry, seen: Sequence[Seen], state: State = State.READY) -> int:
    """Have what an answer told of checked, each once in a run; say how many are new to it.

    DONE leaves them to a run that goes on behind this one.
    """
    row = inquiry.source_run
    keys = {each.key[:200]: each for each in seen}
    there = Verification.of(row.tenant).filter(source_run=row, key__in=keys)
    known = set(there.values_list("key", flat=True))
    fresh = {key: each for key, each in keys.items() if key not in known}
    Verification.of(row.tenant).bulk_create(
        Verification(
            tenant=row.tenant,
            source_run=row,
            inquiry=inquiry,
            key=key,
            sighting=sightings.as_json(each),
            state=state,
        )
        for key, each in fresh.items()
    )
    if state == State.DONE:
        leftovers.leave(Verification.of(row.tenant).filter(inquiry=inquiry))
    elif fresh:
        tasks.wake()
    return len(fresh)


def check(row: Verification, lease: Lease) -> None:
    """Check a candidate with no transaction open; then give it its verdict, in one."""
    with acting_for(row.tenant):
        run = row.source_run.run
        wanted = criteria.read(run.wanted)
        target = wanted.target()
        seen = sightings.read(row.sighting)
        known = _known(seen, row)
        is_needed = run.is_active and runs.missing(run) > 0
    verdict = None
    if is_needed and known is None:
        try:
            verdict = _look(seen, row, target)
        except errors.Later as later:
            with acting_for(row.tenant):
                is_paused = runs.locked(run).state == Run.State.PAUSED
                state = State.HELD if is_paused else State.WAITING
                waiting = {"since": timezone.now().isoformat()} | row.sighting
                lease.release(row, state=state, due_at=later.until, sighting=waiting)
            return
    with acting_for(row.tenant):
        row.source_run.run = run = runs.locked(run)
        room = runs.missing(run)
        if room and run.is_active and known is not None:
            kept = {"evidence": quoting.unchecked(seen), "place_id": seen.place_id}
            _settle(row, _sighting(row, seen, known), room, wanted, **kept)
        elif room and run.is_active and verdict is not None:
            _judge(row, seen, verdict, room, wanted)
        if room and run.is_active:
            lease.finish(row, sighting={}, last_error="")
        else:
            lease.finish(row)
            leftovers.leave(Verification.of(row.tenant).filter(pk=row.pk))
        if not runs.missing(run):
            _drop_others(row.source_run)
            for each in SourceRun.of(row.tenant).filter(run=run, state=State.WAITING):
                wake(each)
        if not wake(row.source_run):
            runs.finish(run)


def _look(seen: Seen, row: Verification, target: Target) -> Verdict:
    """Check it; of what Companies House has just told itself, nobody asks it again."""
    record = seen.company
    if record is None and _has_waited_long(row):
        return verify(seen, target=target, profile=_nobody, called=_nobody, site=site.read)
    if record is None:
        return live(seen, tenant=row.tenant, target=target)
    profile = companies.of_profile(record)
    called = companies.Companies(row.tenant).called
    return verify(
        seen, target=target, profile=lambda number: profile, called=called, site=site.read
    )


def _has_waited_long(row: Verification) -> bool:
    since = row.sighting.get("since")
    return bool(since) and datetime.fromisoformat(since) < timezone.now() - LONGEST_WAIT


def _nobody(asked: str) -> Any:
    raise CannotTell("Companies House did not answer for hours.")


def _known(seen: Seen, row: Verification) -> Candidate | None:
    """Give what is known of it already, and nothing that nobody has checked; None if it is new.

    Of a place of which nothing may be kept it is what we knew ourselves.
    """
    candidate = seen.candidate
    applicant = Applicant.of(candidate)
    if applicant.problem:
        return Candidate(name="", source=candidate.source) if seen.place_id else candidate
    met = match(applicant, Index(row.tenant, [applicant]))
    if met.same is None:
        return None
    if seen.place_id:
        same = met.same
        ours = {name: getattr(same, name) for name in ("name", "address", "town", "postcode")}
        return Candidate(source=candidate.source, **ours)
    bare = replace(candidate, website="", email="", employees=None, contact_name="", job_title="")
    return bare if "phone" in met.because else replace(bare, phone="")


def _drop_others(row: SourceRun) -> None:
    """Nothing more is wanted: what nobody has begun to ask or to check is left alone."""
    asked = Inquiry.of(row.tenant).filter(LIVE, source_run__run=row.run_id, ticket="")
    unasked: dict[str, Any] = {"state": State.DONE, "trouble": unanswered.NOT_NEEDED}
    together.change(asked.exclude(state=State.LEASED), **unasked)
    rows = Verification.of(row.tenant).filter(LIVE, source_run__run=row.run_id)
    leftovers.leave(rows.exclude(state=State.LEASED))


def _judge(row: Verification, seen: Seen, verdict: Verdict, room: int, wanted: Criteria) -> None:
    sighting = _sighting(row, seen, verdict.candidate)
    is_refused = verdict.ground not in (Ground.NEW, Ground.UNVERIFIED) or (
        verdict.ground == Ground.UNVERIFIED and not wanted.takes_unverified
    )
    sighting = replace(sighting, miles=verdict.miles)
    if is_refused:
        reason, detail = quoting.refusal(seen, verdict)
        sighting = replace(sighting, refusal=reason, detail=detail, ground=verdict.ground)
    _settle(
        row,
        sighting,
        room,
        wanted,
        checked=verdict.checked,
        evidence=quoting.evidence(seen, verdict),
        place_id=seen.place_id,
    )


def _sighting(row: Verification, seen: Seen, candidate: Candidate) -> Sighting:
    return Sighting(candidate, row.key, [], seen.miles)


def _settle(
    row: Verification, sighting: Sighting, room: int, wanted: Criteria, **checked: Any
) -> None:
    source_run = row.source_run
    if sighting.refusal:
        outcome = intake.Outcome(
            intake.REJECTED, sighting.refusal, sighting.detail, ground=sighting.ground
        )
    else:
        [outcome] = intake.admit_all(
            [sighting.candidate],
            into=intake.entrance(row.tenant),
            origin=source_run.run.campaign.as_origin(),
            by=source_run.run.by,
            most_new=room,
            terms=settled.terms(wanted),
        )
    found = [(sighting, outcome)]
    settled.write(source_run, found, **checked)
    settled.add(source_run, settled.counted(found))


def gave_up(row: Verification) -> None:
    """Leave the candidate out: its checks fail again and again, which Operations shows."""
    Verification.of(row.tenant).filter(pk=row.pk, sighting__place_id__gt="").update(sighting={})
    wake(row.source_run)
    runs.finish(row.source_run.run)


def hold(row: Verification) -> None:
    """Take the run before its candidate."""
    runs.locked(row.source_run.run)


def about(row: Verification) -> str:
    """Say to people what it is for."""
    return f"{row.source_run.run}: a candidate of {label(row.source_run.source)} is checked"


TABLE = Table(
    model=Verification,
    work=check,
    gave_up=gave_up,
    hold=hold,
    about=about,
    batch=12,
    threads=12,
    related=("source_run__run__campaign",),
)
