"""Geometry of the charts: numbers in, rectangles out, so that templates only draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

WIDTH = 640
ROW = 38
BAR = 22
LABEL = 112
FIGURES = 132
HAIRLINE = 2


class StageLike(Protocol):
    """What the funnel looks at in a stage."""

    name: str
    kind: str


class Step(Protocol):
    """What the funnel looks at in a row of numbers."""

    @property
    def stage(self) -> StageLike: ...
    @property
    def count(self) -> int: ...
    @property
    def value_pence(self) -> int | None: ...


@dataclass(frozen=True)
class Bar:
    """One stage of the funnel, ready to be drawn."""

    step: Step
    share: int
    y: int
    length: float
    x: int = LABEL
    height: int = BAR

    @property
    def text_y(self) -> int:
        """Where the baseline of the row's text lies."""
        return self.y + BAR // 2 + 5


def funnel(steps: Iterable[Step]) -> list[Bar]:
    """Bars as long as their part of the fullest stage; an empty stage keeps a hairline."""
    known = list(steps)
    largest = max((step.count for step in known), default=0) or 1
    total = sum(step.count for step in known) or 1
    room = WIDTH - LABEL - FIGURES
    return [
        Bar(
            step=step,
            share=round(100 * step.count / total),
            y=place * ROW + (ROW - BAR) // 2,
            length=round(max(room * step.count / largest, HAIRLINE), 1),
        )
        for place, step in enumerate(known)
    ]
