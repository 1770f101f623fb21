"""What becomes of findings when two organisations are made one, and later two again."""

from uuid import UUID

from campaigns.models import Finding
from leads.identity import candidate as candidates
from leads.identity import identity
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate
from leads.merging.relations import Relation


def keys(finding: Finding) -> identity.Keys:
    """Say by what the finding would be known."""
    if finding.candidate:
        return Applicant.of(candidates.read(finding.candidate)).keys
    seen = Candidate(name=finding.name, source=finding.source, postcode=finding.postcode)
    return Applicant.of(seen).keys


def origin(finding: Finding) -> UUID:
    """Name the campaign that saw it."""
    return finding.run.campaign_id


OF_ORGANISATION = Relation(
    Finding, "organisation", noun=("finding", "findings"), keys=keys, origin=origin, beside="run"
)
OF_LEAD = Relation(Finding, "lead", keys=keys, origin=origin, beside="run")
