"""A person's word against a verdict: what was left out becomes a lead all the same.

The finding keeps its verdict, so that the counts of its run still add up; and the run's maximum is
for the run alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns import cases
from campaigns.cases import Case
from campaigns.findings import SHOWN
from campaigns.models import Campaign, Finding
from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.identity import parting
from leads.identity.candidate import Candidate
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.lead.locking import stay
from leads.merging import proposals
from leads.models import Lead, TimelineEntry
from leads.timeline import timeline

# Of one request.
MOST = 200
ALTHOUGH: dict[str, str] = {
    Ground.CUSTOMER: "it is a customer",
    Ground.LOST: "it was lost before",
    Ground.EDGE: "it is near the edge of the circle",
    Ground.CLOSED: "it has closed",
    Ground.SMALL: "it is too small",
    Ground.UNKNOWN_SIZE: "its size is not known",
    Ground.LARGE: "it is too large",
    Ground.SCORE: "its score is too low",
    Ground.OUTSIDE: "it lies outside the circle",
    Ground.UNVERIFIED: "nothing verifies it",
    Ground.CONTRADICTED: "the checks speak against it",
    Ground.NAMELESS: "only Google Maps knew its name",
}
KNOWN_AS = {
    Ground.CUSTOMER: "it is known as a customer",
    Ground.LOST: "it is known and was lost before",
}


class CannotOverrule(ValueError):
    """The verdict stands; the sentence says why."""


@dataclass(frozen=True)
class Answer:
    """`refusal` says in a clause why it was not taken, "" if it was."""

    finding: Finding
    refusal: str = ""


def overrule_all(findings: Sequence[Finding], *, campaign: Campaign, by: User) -> list[Answer]:
    """Take these findings of the campaign, as far as that can be, in one transaction."""
    try:
        with transaction.atomic():
            _hold(findings, campaign.tenant)
            read = cases.read(_locked(findings, campaign.tenant), tenant=campaign.tenant)
            outcomes = _admit([case for case in read if case.wish], campaign, by)
            answers = [_answer(case, outcomes.get(case.finding), by) for case in read]
            _write_down(outcomes, campaign.tenant, by, timezone.now())
            return answers
    except IntegrityError:
        raise CannotOverrule(
            "Somebody pursued one of them at the same moment, and nothing was taken. Try again."
        ) from None


def name_place(finding: Finding, candidate: Candidate, *, campaign: Campaign, by: User) -> Answer:
    """Take a place under the name that this person gives it; the first who does so counts."""
    try:
        with transaction.atomic():
            tenant = campaign.tenant
            intake.hold([candidate], tenant=tenant)
            [found] = _locked([finding], tenant)
            if not cases.is_nameless(found):
                [case] = cases.read([found], tenant=tenant)
                return _answer(case, None, by)
            outcome = intake.admit(
                candidate, into=intake.entrance(tenant), origin=campaign.as_origin(), by=by
            )
            if outcome.lead is not None:
                _call(found, candidate, by)
                _write_down({found: outcome}, tenant, by, timezone.now())
            return Answer(found, _refusal(outcome))
    except IntegrityError:
        raise CannotOverrule(
            "Somebody pursued it at the same moment, and nothing was taken. Try again."
        ) from None


def _call(finding: Finding, candidate: Candidate, by: User) -> None:
    finding.name, finding.postcode = candidate.name, candidate.postcode
    finding.save(update_fields=["name", "postcode"])
    named = {"name": candidate.name, "postcode": candidate.postcode}
    audit.write(finding, "named", by=by, before={"name": "", "postcode": ""}, after=named)


def _hold(findings: Sequence[Finding], tenant: Tenant) -> None:
    """Hold first what a merge holds first: it takes the findings of the two last."""
    rows = Finding.of(tenant).filter(pk__in=[finding.pk for finding in findings])
    read = cases.read(list(rows.select_related(*SHOWN)), tenant=tenant)
    asked = [case for case in read if case.wish]
    intake.hold([case.candidate for case in asked], tenant=tenant)
    resembled = [case.finding.organisation_id for case in asked if case.wish is cases.APART]
    stay([each for each in resembled if each], tenant=tenant)


def _locked(findings: Sequence[Finding], tenant: Tenant) -> list[Finding]:
    rows = Finding.of(tenant).filter(pk__in=[finding.pk for finding in findings])
    # In one order, so that two selections wait for each other instead of dead-locking.
    list(rows.order_by("id").select_for_update(no_key=True).values_list("id"))
    # Not in one query: after waiting for a colleague, PostgreSQL would join to what was before.
    return list(rows.select_related(*SHOWN).order_by("-run_id", "id"))


def _admit(asked: Sequence[Case], campaign: Campaign, by: User) -> dict[Finding, intake.Outcome]:
    """Let them in through the one door, wish by wish."""
    if not asked:
        return {}
    tenant = campaign.tenant
    into = intake.entrance(tenant)
    candidates = {case.finding: case.candidate for case in asked}
    intake.hold(list(candidates.values()), tenant=tenant)
    told_apart = [case.finding for case in asked if case.wish is cases.APART]
    parting.part([(candidates[each], each.organisation_id) for each in told_apart], tenant=tenant)
    outcomes: dict[Finding, intake.Outcome] = {}
    for wish in (cases.TAKE, cases.AGAIN, cases.APART):
        chosen = [case.finding for case in asked if case.wish is wish]
        if not chosen:
            continue
        admitted = intake.admit_all(
            [candidates[finding] for finding in chosen],
            into=into,
            origin=campaign.as_origin(),
            by=by,
            terms=wish.terms,
        )
        outcomes |= zip(chosen, admitted, strict=True)
        if wish is cases.APART:
            _remember(chosen, admitted, by)
    return outcomes


def _remember(told_apart: Sequence[Finding], admitted: Sequence[intake.Outcome], by: User) -> None:
    """No search for duplicates asks again about two that somebody has told apart."""
    for finding, outcome in zip(told_apart, admitted, strict=True):
        known, new = finding.organisation, outcome.organisation
        if outcome.verdict == intake.CREATED and known and new and known != new:
            proposals.call_different(known, new, by)


def _answer(case: Case, outcome: intake.Outcome | None, by: User) -> Answer:
    finding = case.finding
    if finding.overruled_at is not None:
        taken = finding.overruled_by
        return Answer(finding, "" if taken == by else f"{taken or 'somebody'} took it already")
    if outcome is None:
        return Answer(finding, case.obstacle or "it is a lead")
    return Answer(finding, _refusal(outcome))


def _refusal(outcome: intake.Outcome) -> str:
    if outcome.verdict == intake.CREATED:
        return ""
    if outcome.lead is not None and outcome.lead.closed_at is None:
        return f"it is a lead already, in {outcome.lead.stage.name}"
    return KNOWN_AS.get(outcome.ground, "there is nothing to make a lead of")


def _write_down(
    outcomes: dict[Finding, intake.Outcome], tenant: Tenant, by: User, now: datetime
) -> None:
    """Let each finding lead to what is there now, and tell of what was taken."""
    taken: list[Finding] = []
    told: dict[Lead, str] = {}
    for finding, outcome in outcomes.items():
        if outcome.lead is None:
            continue
        if outcome.verdict == intake.CREATED:
            finding.overruled_at, finding.overruled_by = now, by
            taken.append(finding)
            told[outcome.lead] = f"Taken by {by} although {_although(finding)}"
        finding.lead = outcome.lead
        finding.organisation = finding.organisation or outcome.organisation
    changed = ["overruled_at", "overruled_by", "lead", "organisation"]
    Finding.of(tenant).bulk_update(outcomes, changed)
    timeline.write_all(told, TimelineEntry.Kind.ORIGIN, tenant=tenant, by=by)
    audit.write_all(taken, "overruled", by=by)


def _although(finding: Finding) -> str:
    if finding.ground == Ground.KNOWN:
        known = finding.organisation.title if finding.organisation else "another lead"
        why = f"it resembles {known}"
    else:
        why = ALTHOUGH.get(finding.ground, finding.reason)
    return f"{why}: {finding.detail}" if finding.detail else f"{why}."
