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
    @property
    def href(self) -> str: ...


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


class Minute(Protocol):
    """What the columns look at in a minute."""

    @property
    def done(self) -> int: ...
    @property
    def failed(self) -> int: ...


@dataclass(frozen=True)
class Column:
    """A minute as two blocks on each other in a field 100 high; `y` counts from above."""

    minute: Minute
    x: int
    done: float
    failed: float

    @property
    def done_y(self) -> float:
        return round(100 - self.done, 1)

    @property
    def failed_y(self) -> float:
        return round(100 - self.done - self.failed, 1)


def columns(minutes: Iterable[Minute]) -> list[Column]:
    """Columns as high as their part of the busiest minute."""
    known = list(minutes)
    most = max((each.done + each.failed for each in known), default=0) or 1
    return [
        Column(each, x, _height(each.done, most), _height(each.failed, most))
        for x, each in enumerate(known)
    ]


def _height(part: int, most: int) -> float:
    """Give what there is a height that can be seen."""
    return round(max(97 * part / most, 1.5), 1) if part else 0.0
