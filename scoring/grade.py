"""The grade A+ to D: ten factors by their weights, without those that are unknown.

Fit says how much they are whom we look for, engagement how much they look for us; both are kept
apart beside the grade that is made of all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scoring import factors
from scoring.card import Card
from scoring.evidence import Evidence

ENGAGEMENT = frozenset({"engagement", "history"})
FIT = frozenset(
    {"potential", "company_fit", "industry_match", "job_title", "location", "company_size"}
)
# With less of the weights known it would be a guess.
LEAST_KNOWN = 40


class Mark(NamedTuple):
    """`value` is None for what is unknown; `weight` is of 100."""

    factor: str
    value: int | None
    weight: int
    saw: str


@dataclass(frozen=True)
class Grade:
    """`name` is "" where less than `LEAST_KNOWN` of the weights is `known`; all of 100."""

    name: str
    value: int | None
    fit: int | None
    engagement: int | None
    known: int
    marks: tuple[Mark, ...]


def grader(card: Card) -> Callable[[Evidence], Grade]:
    """Make what grades by this card, for many leads."""
    looks = tuple(factors.ALL.items())
    usual = card.weights[""]

    def grade(evidence: Evidence) -> Grade:
        weights: Mapping[str, int] = card.weights.get(
            str(evidence.values.get("industry") or ""), usual
        )
        marks = []
        for slug, look in looks:
            found = look(evidence, card.ideal)
            value, saw = found if found is not None else (None, "")
            marks.append(Mark(slug, value, weights[slug], saw))
        known = sum(mark.weight for mark in marks if mark.value is not None)
        value = _mean(marks) if known >= LEAST_KNOWN else None
        return Grade(
            name="" if value is None else card.grade(value),
            value=value,
            fit=_mean(mark for mark in marks if mark.factor in FIT),
            engagement=_mean(mark for mark in marks if mark.factor in ENGAGEMENT),
            known=known,
            marks=tuple(marks),
        )

    return grade


def _mean(marks: Iterable[Mark]) -> int | None:
    total = weights = 0
    for mark in marks:
        if mark.value is not None:
            total += mark.value * mark.weight
            weights += mark.weight
    return round(total / weights) if weights else None
