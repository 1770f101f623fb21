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
from leads.merging import proposals
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
    return [_told(case, pairs, membership, sees_all=sees_all) for case in cases]


def _pairs(organisations: set[UUID], membership: Membership) -> dict[UUID, Proposal]:
    """Give the likeliest open proposal of each."""
    rows = proposals.seen(membership).filter(
        Q(one__in=organisations) | Q(other__in=organisations), state=Proposal.State.OPEN
    )
    found: dict[UUID, Proposal] = {}
    for each in rows.order_by("confidence", "id"):
        found |= {each.one_id: each, each.other_id: each}
    return found


def _told(
    case: Case, pairs: dict[UUID, Proposal], membership: Membership, *, sees_all: bool
) -> Case:
    finding = case.finding
    if not finding.organisation_id or not resemblance.names_another(finding.detail):
        return case
    pair = pairs.get(finding.organisation_id)
    if pair is None or not (sees_all or _names(finding.detail, pair)):
        if not sees_all:
            # What is shown is told otherwise, and never saved.
            is_doubt = finding.detail.startswith(resemblance.MAYBE)
            finding.detail = UNNAMED if is_doubt else ""
        return case
    if not may(membership, Permission.WORK_LEADS):
        return case
    asked = {"one": pair.one_id, "other": pair.other_id}
    return replace(case, pair=f"{reverse('leads:merge')}?{urlencode(asked)}")


def _names(detail: str, pair: Proposal) -> bool:
    """Whether it is one of these two that the detail names."""
    return any(each.title in detail for each in (pair.one, pair.other))
