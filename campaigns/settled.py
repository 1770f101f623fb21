"""What became of sightings, written down: findings and the counters of their source."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from campaigns.criteria import Criteria
from campaigns.discovery.contract import Sighting
from campaigns.models import Finding, SourceRun
from leads.identity import candidate as candidates
from leads.intake import intake
from leads.models import Proof

COUNTERS = {
    intake.CREATED: "created",
    intake.DUPLICATE: "duplicates",
    intake.REJECTED: "rejected",
}
Settled = Sequence[tuple[Sighting, intake.Outcome]]


def terms(wanted: Criteria) -> intake.Terms:
    """Say to the intake what is wanted besides."""
    return intake.Terms(
        takes_customers=wanted.takes_customers,
        min_employees=wanted.min_employees,
        only_known_size=wanted.only_known_size,
        max_employees=wanted.max_employees,
        min_score=wanted.min_score,
    )


def write(row: SourceRun, settled: Settled, **checked: Any) -> list[Finding]:
    """Write a finding for each; `checked` is what the checks of a live source found out."""
    rows = [_finding(row, sighting, outcome, checked) for sighting, outcome in settled]
    return Finding.of(row.tenant).bulk_create(rows)


def counted(settled: Settled) -> dict[str, int]:
    """Say by how much each counter of the source grows."""
    grown = dict.fromkeys(("found", "verified", *COUNTERS.values()), 0)
    for sighting, outcome in settled:
        grown["found"] += 1
        grown["verified"] += _proof(sighting, outcome)[0] == Proof.VERIFIED
        grown[COUNTERS[outcome.verdict]] += 1
    return grown


def add(row: SourceRun, grown: Mapping[str, int]) -> None:
    """Let the counters grow, for whoever does not hold the source's lease."""
    more = {name: F(name) + number for name, number in grown.items() if number}
    if more:
        SourceRun.of(row.tenant).filter(pk=row.pk).update(**more)


def _proof(sighting: Sighting, outcome: intake.Outcome) -> tuple[Proof | str, date | None]:
    """How it is proven: by what was seen, or where nobody looked, as it was known already."""
    seen, known = sighting.candidate, outcome.organisation
    if seen.proof == Proof.UNPROVEN and known is not None:
        return known.proof, known.proof_date
    return seen.proof, seen.proof_date


def _finding(
    row: SourceRun, sighting: Sighting, outcome: intake.Outcome, checked: Mapping[str, Any]
) -> Finding:
    proof, proof_date = _proof(sighting, outcome)
    return Finding(
        tenant=row.tenant,
        run_id=row.run_id,
        source=row.source,
        key=sighting.key,
        verdict=outcome.verdict,
        ground=outcome.ground,
        reason=outcome.reason[:100],
        detail=candidates.plain(outcome.detail)[:400],
        name=candidates.plain(sighting.candidate.name)[:300],
        postcode=candidates.plain(sighting.candidate.postcode)[:12],
        miles=sighting.miles,
        proof=proof,
        proof_date=proof_date,
        candidate=None
        if outcome.verdict == intake.CREATED
        else candidates.as_json(sighting.candidate),
        organisation=outcome.organisation,
        lead=outcome.lead,
        **checked,
    )
