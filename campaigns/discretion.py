"""What a finding tells its reader: of a lead that is not theirs to see, only that it is known."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from campaigns.cases import Case
from campaigns.doubted import doubted
from campaigns.overruling import Answer
from crm.tenants import scope
from crm.tenants.models import Membership
from leads.models import Lead
from leads.sight import sight

KNOWN = "Known already"
PURSUED = "it is pursued already by a colleague"


def discreet(cases: Sequence[Case], membership: Membership) -> list[Case]:
    """Give the cases as the member may read them, in one query more or two."""
    leads = [lead for case in cases for lead in (case.known, case.finding.lead)]
    seen = _seen(leads, membership)
    return doubted([_tell(case, seen) for case in cases], membership)


def answered(answers: Sequence[Answer], membership: Membership) -> list[Answer]:
    """Give the answers likewise."""
    refused = [answer.finding.lead for answer in answers if answer.refusal]
    seen = _seen(refused, membership)
    return [
        Answer(answer.finding, PURSUED)
        if answer.refusal and not _may_name(answer.finding.lead, seen)
        else answer
        for answer in answers
    ]


def _seen(leads: Sequence[Lead | None], membership: Membership) -> set[UUID]:
    ids = {lead.pk for lead in leads if lead is not None}
    if scope.of(membership).everything or not ids:
        return ids
    return set(sight.leads(membership).filter(pk__any=ids).values_list("pk", flat=True))


def _may_name(lead: Lead | None, seen: set[UUID]) -> bool:
    return lead is None or lead.pk in seen


def _tell(case: Case, seen: set[UUID]) -> Case:
    finding = case.finding
    if _may_name(case.known, seen) and _may_name(finding.lead, seen):
        return case
    if finding.verdict == finding.Verdict.CREATED or finding.overruled_at is not None:
        # It was the campaign's own, and somebody else's find before that.
        finding.lead = None
        return replace(case, known=None)
    # What is shown is told otherwise, and never saved.
    finding.lead = finding.organisation = None
    finding.reason, finding.detail = KNOWN, ""
    return replace(case, known=None, wish=None, obstacle=PURSUED)
