"""Scores a lead from what is known of it, and keeps each reckoning that differs from the last."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leads.models import Lead, Score, TimelineEntry
from leads import timeline
from scoring import points
from scoring.evidence import Evidence
from scoring.receipt import Receipt


def evidence(lead: Lead) -> Evidence:
    """Gather what a score may look at."""
    organisation, contact = lead.organisation, lead.contact
    return Evidence(
        company_name=organisation.name,
        email=contact.email if contact else None,
        phone=(contact.phone if contact else "") or organisation.phone,
        job_title=contact.job_title if contact else None,
        industry=organisation.industry,
        source=lead.source,
        employees=organisation.employees,
    )


def refresh(lead: Lead) -> Receipt:
    """Reckon the points anew; the timeline tells of a change, not of a repetition."""
    receipt = points.score(evidence(lead))
    last = Score.of(lead.tenant).filter(lead=lead).order_by("-id").first()
    if last is not None and last.receipt == _stored(receipt):
        return receipt
    Score.of(lead.tenant).create(
        tenant=lead.tenant,
        lead=lead,
        points=receipt.points,
        tier=receipt.tier,
        receipt=_stored(receipt),
    )
    Lead.of(lead.tenant).filter(pk=lead.pk).update(score=receipt.points, tier=receipt.tier)
    if last is not None:
        text = f"Score changed from {last.points} to {receipt.points} ({receipt.tier})."
        timeline.write(lead, TimelineEntry.Kind.SCORE, text, by=None)
    return receipt


def _stored(receipt: Receipt) -> dict[str, Any]:
    return receipt.as_json() | {"lines": [dict(line) for line in receipt.as_json()["lines"]]}


@dataclass(frozen=True)
class GroupRead:
    """One group of a stored receipt as the page shows it; `cap` is the most it can give."""

    label: str
    points: int
    cap: int
    lines: list[dict[str, Any]]


@dataclass(frozen=True)
class ReceiptRead:
    points: int
    tier: str
    before_cap: int
    groups: list[GroupRead]
    aspects: list[GroupRead]


def read(lead: Lead) -> ReceiptRead | None:
    """Give the newest receipt as it was stored; None while the lead waits for its first score."""
    last = Score.of(lead.tenant).filter(lead=lead).order_by("-id").first()
    if last is None:
        return None
    lines = [line | {"max": line["most"]} for line in last.receipt["lines"]]
    return ReceiptRead(
        points=last.points,
        tier=last.tier,
        before_cap=last.receipt["before_cap"],
        groups=list(_grouped(lines, "group")),
        aspects=list(_grouped(lines, "aspect")),
    )


def _grouped(lines: list[dict[str, Any]], key: str) -> Iterable[GroupRead]:
    for label in dict.fromkeys(line[key] for line in lines):
        mine = [line for line in lines if line[key] == label]
        yield GroupRead(
            label,
            sum(line["points"] for line in mine),
            sum(line["most"] for line in mine),
            mine,
        )
