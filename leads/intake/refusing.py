"""Refuses organisations for what whoever asks for admission does not want."""

from leads.identity.applicant import Applicant
from leads.intake.outcome import Outcome
from leads.intake.terms import Terms
from leads.models import Organisation
from leads.scored import scores
from leads.scored.cards import Working


def refuse(
    terms: Terms, organisation: Organisation, applicant: Applicant, by: Working
) -> Outcome | None:
    """Refuse what is not of the size or the score that was asked for."""
    if refused := terms.refuse(organisation.employees):
        return refused
    if terms.min_score is None:
        return None
    contact = applicant.as_contact(organisation)
    scored = scores.reckon(organisation, contact, source=applicant.candidate.source, by=by)
    return terms.refuse_score(scored.points.points)
