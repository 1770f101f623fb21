"""One scorecard at work: evidence in, points, tier and grade out, with the receipt of both."""

from dataclasses import dataclass
from typing import Any

from scoring import receipt
from scoring.card import Card
from scoring.evidence import Evidence
from scoring.grade import Grade, grader
from scoring.points import Points, reckoner


@dataclass(frozen=True, slots=True)
class Scored:
    """`receipt` is what is stored with the lead, equal to itself when it is read back."""

    points: Points
    grade: Grade
    receipt: dict[str, Any]


class Engine:
    """Scores by one card; make one for many leads."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self._points, self._grade = reckoner(card), grader(card)

    def score(self, evidence: Evidence) -> Scored:
        """Score what is known."""
        points, grade = self._points(evidence), self._grade(evidence)
        return Scored(points, grade, receipt.written(points, grade, evidence))
