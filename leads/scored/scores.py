"""Scores a lead from what is known of it, and keeps each reckoning that differs from the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crm.insertion import insert
from leads.models import Contact, Lead, Organisation, Score, TimelineEntry
from leads.timeline import timeline
from scoring import points
from scoring.evidence import Evidence
from scoring.receipt import Receipt


def reckon(organisation: Organisation, contact: Contact | None, *, source: str) -> Receipt:
    """Score what is known at this moment."""
    return points.score(
        Evidence(
            company_name=organisation.name,
            email=contact.email if contact else None,
            phone=(contact.phone if contact else "") or organisation.phone,
            job_title=contact.job_title if contact else None,
            industry=organisation.industry,
            source=source,
            employees=organisation.employees,
        )
    )


def kept(leads: Sequence[Lead], receipts: Sequence[Receipt]) -> list[Score]:
    """Make the rows that keep what each rule saw, so that it can be explained at any later time."""
    return [
        Score(
            tenant=lead.tenant,
            lead=lead,
            points=receipt.points,
            tier=receipt.tier,
            receipt=receipt.as_json(),
        )
        for lead, receipt in zip(leads, receipts, strict=True)
    ]


def refresh(lead: Lead) -> Receipt:
    """Reckon the points anew; a reckoning that sees the same as the last one leaves no trace."""
    receipt = reckon(lead.organisation, lead.contact, source=lead.source)
    last = Score.of(lead.tenant).filter(lead=lead).order_by("-id").first()
    if last is not None and last.receipt == receipt.as_json():
        return receipt
    insert(kept([lead], [receipt]))
    Lead.of(lead.tenant).filter(pk=lead.pk).update(score=receipt.points, tier=receipt.tier)
    if last is not None and last.points != receipt.points:
        text = f"Score changed from {last.points} to {receipt.points} ({receipt.tier})."
        timeline.write(lead, TimelineEntry.Kind.SCORE, text, by=None)
    return receipt


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


def told(last: Score) -> ReceiptRead:
    """Give a stored receipt as the page shows it."""
    lines = [line | {"max": line["most"]} for line in last.receipt["lines"]]
    return ReceiptRead(
        points=last.points,
        tier=last.tier,
        before_cap=last.receipt["before_cap"],
        groups=list(_grouped(lines)),
    )


def _grouped(lines: list[dict[str, Any]]) -> Iterable[GroupRead]:
    for label in dict.fromkeys(line["group"] for line in lines):
        mine = [line for line in lines if line["group"] == label]
        yield GroupRead(
            label,
            sum(line["points"] for line in mine),
            sum(line["most"] for line in mine),
            mine,
        )
