"""Findings as a walk writes them, without a walk."""

from typing import Any

from campaigns import overruling
from campaigns.discovery.contract import EDGE
from campaigns.models import Campaign, Finding, Run
from crm.registers.models import RegisterEntry
from crm.tenants.models import User
from leads.identity import candidate as candidates
from leads.identity.candidate import Candidate
from leads.identity.listed import as_candidate
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory, FindingFactory, RunFactory
from tests.factories.leads import CandidateFactory
from tests.factories.registers import RegisterEntryFactory
from tests.people import Cast

REFUSALS = {
    Ground.EDGE: (EDGE, "LE1 1AA is known only to LE1, about 14.8 miles away."),
    Ground.SMALL: ("Too small", "3 people are known; at least 10 were asked for."),
    Ground.UNKNOWN_SIZE: ("Size not known", "No source says how many people work there."),
    Ground.UNUSABLE: ("Not usable", "It has no name."),
    Ground.CLOSED: ("Closed in the register", "Pharmacies of 1 January 2016 lists it as closed."),
}


def run_of(cast: Cast, **fields: Any) -> Run:
    """A run of a new campaign of Ada's company, or of the campaign that is said."""
    campaign = fields.pop("campaign", None) or CampaignFactory(tenant=cast.tenant)
    made: Run = RunFactory(campaign=campaign, **fields)
    return made


def listed(entry: RegisterEntry | None = None, **fields: Any) -> Candidate:
    """An organisation as the register of 2016 lists it."""
    entry = entry or RegisterEntryFactory(**fields)
    return as_candidate(entry, has_closed=entry.status == "closed")


def entries_of_boots(many: int) -> list[RegisterEntry]:
    """Entries of one name and postcode, each of another register."""
    return [
        RegisterEntryFactory(name="Boots", address="1 High Street", register__slug=f"list-{number}")
        for number in range(many)
    ]


def refused(run: Run, ground: Ground, candidate: Candidate | None = None) -> Finding:
    """The run meets it and leaves it out."""
    reason, detail = REFUSALS[ground]
    outcome = intake.Outcome(intake.REJECTED, reason, detail, ground=ground)
    return written(run, candidate or listed(), outcome)


def met(run: Run, candidate: Candidate, terms: intake.Terms = intake.AS_IT_IS) -> Finding:
    """The run meets it, and the door decides."""
    origin = run.campaign.as_origin()
    into = intake.entrance(run.tenant)
    (outcome,) = intake.admit_all([candidate], into=into, origin=origin, by=None, terms=terms)
    return written(run, candidate, outcome)


def written(run: Run, candidate: Candidate, outcome: intake.Outcome) -> Finding:
    """The finding of an outcome, as `walk` writes it."""
    kept = None if outcome.verdict == intake.CREATED else candidates.as_json(candidate)
    made: Finding = FindingFactory(
        run=run,
        source=candidate.source,
        **({"key": candidate.entry.key} if candidate.entry else {}),
        verdict=outcome.verdict,
        ground=outcome.ground,
        reason=outcome.reason,
        detail=outcome.detail,
        name=candidate.name,
        postcode=candidate.postcode,
        miles=2.5,
        proof=candidate.proof,
        proof_date=candidate.proof_date,
        candidate=kept,
        organisation=outcome.organisation,
        lead=outcome.lead,
    )
    return made


def overrule(finding: Finding, *, by: User) -> Finding:
    """Somebody ticks it and takes it all the same."""
    (answer,) = overruling.overrule_all([finding], campaign=finding.run.campaign, by=by)
    if answer.refusal:
        raise overruling.CannotOverrule(f"{finding.name} was not taken: {answer.refusal}.")
    return answer.finding


def some_candidate(**fields: Any) -> Candidate:
    """An organisation that no register lists."""
    made: Candidate = CandidateFactory(**fields)
    return made


def page_of(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.pk}/findings/"


def stands_in(lead: Lead | None) -> str:
    """The kind of the stage in which the lead stands now."""
    assert lead is not None
    return Lead.across_tenants.get(pk=lead.pk).stage.kind
