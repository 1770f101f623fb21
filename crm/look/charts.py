"""Geometry of the charts: numbers in, lengths out, so that templates only draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

# An empty stage keeps a hairline (of 100).
HAIRLINE = 0.6


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
    """One stage of the funnel; `length` and `share` in percent, of the fullest and of all."""

    step: Step
    share: int
    length: float


def funnel(steps: Iterable[Step]) -> list[Bar]:
    """Bars as long as their part of the fullest stage."""
    known = list(steps)
    largest = max((step.count for step in known), default=0) or 1
    total = sum(step.count for step in known) or 1
    return [
        Bar(
            step=step,
            share=round(100 * step.count / total),
            length=round(max(100 * step.count / largest, HAIRLINE), 1),
        )
        for step in known
    ]
