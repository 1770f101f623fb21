"""Findings that may be somebody known: with the way to the two, as far as a reader sees both."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from campaigns.cases import Case
from crm.tenants import scope
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may
from leads.intake import resemblance
from leads.intake.resemblance import Alike
from leads.merging import proposals, suspicion
from leads.models import Proposal

UNNAMED = "May be the same as one that a colleague pursues."


def doubted(cases: Sequence[Case], membership: Membership) -> list[Case]:
    """Give the cases, and those whose detail names another as the member may read it."""
    organisations = {
        case.finding.organisation_id
        for case in cases
        if case.finding.organisation_id and resemblance.names_another(case.finding.detail)
    }
    if not organisations:
        return list(cases)
    pairs = _pairs(organisations, membership)
    sees_all = scope.of(membership).everything
    if not sees_all:
        _retell(cases, pairs)
    return [_led(case, pairs, membership) for case in cases]


def _retell(cases: Sequence[Case], pairs: dict[UUID, Proposal]) -> None:
    """What was written may name whom the reader doesn't see: say it by the pair that they see.

    What is shown is told otherwise, and never saved.
    """
    told = _sentences(pairs)
    for case in cases:
        finding = case.finding
        if finding.organisation_id and resemblance.names_another(finding.detail):
            is_doubt = finding.detail.startswith(resemblance.MAYBE)
            finding.detail = told.get(finding.organisation_id, UNNAMED) if is_doubt else ""


def _pairs(organisations: set[UUID], membership: Membership) -> dict[UUID, Proposal]:
    """Give the likeliest open proposal of each."""
    rows = proposals.seen(membership).filter(
        Q(one__in=organisations) | Q(other__in=organisations), state=Proposal.State.OPEN
    )
    found: dict[UUID, Proposal] = {}
    for each in rows.order_by("confidence", "id"):
        found |= {each.one_id: each, each.other_id: each}
    return found


def _led(case: Case, pairs: dict[UUID, Proposal], membership: Membership) -> Case:
    """Lead to the two, where the reader may make one of them."""
    pair = pairs.get(case.finding.organisation_id) if case.finding.organisation_id else None
    if pair is None or not may(membership, Permission.WORK_LEADS):
        return case
    asked = {"one": pair.one_id, "other": pair.other_id}
    return replace(case, pair=f"{reverse('leads:merge')}?{urlencode(asked)}")


def _sentences(pairs: dict[UUID, Proposal]) -> dict[UUID, str]:
    """Say of each whom it may be, by what the two of its pair say now."""
    told = {}
    sides = {
        ident: (each.one, each.other) if each.one_id == ident else (each.other, each.one)
        for ident, each in pairs.items()
    }
    judged = suspicion.of_pairs(list(sides.values()))
    for (ident, (_, other)), weighed in zip(sides.items(), judged, strict=True):
        said = resemblance.said(Alike(other, weighed))
        told[ident] = said if said.startswith(resemblance.MAYBE) else f"{resemblance.MAYBE}{other}."
    return told
