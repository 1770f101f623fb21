"""Charts of a report: what is drawn, and the same in figures for the table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crm.look.charts import HAIRLINE

# A line is drawn in a field so high; its peak keeps clear of the edge.
HEIGHT, MARGIN = 100, 4
SERIES = 6


@dataclass(frozen=True)
class Said:
    """A figure in words, and where that stands which it counts; `before` are words before it.

    `hint` tells more of it: how many leads are behind a share, say.
    """

    text: str
    href: str = ""
    hint: str = ""
    before: str = ""


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: its figure in words, and those `beside` and `below` that.

    `value` is None where nothing can be said, which `note` explains. `before` is the same of the
    time before; `stage` gives it a stage's colour. `length` and `length_before` are in percent.
    """

    label: str
    value: float | None
    shown: Said | None = None
    beside: tuple[Said, ...] = ()
    below: tuple[Said, ...] = ()
    note: str = ""
    before: float | None = None
    stage: str = ""
    length: float = 0.0
    length_before: float = 0.0


def bars(rows: Iterable[Bar], most: float | None = None) -> list[Bar]:
    """Give the bars their lengths: parts of the longest one, or of `most`."""
    known = list(rows)
    values = [value for row in known for value in (row.value, row.before) if value is not None]
    largest = most or max(values, default=0) or 1
    return [
        replace(
            row,
            length=_length(row.value, largest),
            length_before=_length(row.before, largest),
        )
        for row in known
    ]


def _length(value: float | None, largest: float) -> float:
    """Give what there is a length; of nothing known there is no bar at all."""
    if value is None:
        return 0.0
    return round(min(100.0, max(100 * value / largest, HAIRLINE)), 1)


@dataclass(frozen=True)
class Part:
    """A part of a stacked bar; `tone` names its colour, `x` and `length` are in percent."""

    label: str
    value: int
    href: str = ""
    tone: str = ""
    x: float = 0.0
    length: float = 0.0
    percent: int = 0


def stacked(parts: Iterable[Part]) -> list[Part]:
    """Lay the parts end to end; each gets a colour of the series unless it has its own."""
    known = list(parts)
    total = sum(part.value for part in known) or 1
    laid: list[Part] = []
    x = 0.0
    for number, part in enumerate(known):
        length = 100 * part.value / total
        tone = part.tone or f"series-{number % SERIES + 1}"
        percent = round(length)
        laid.append(
            replace(part, x=round(x, 2), length=round(length, 2), tone=tone, percent=percent)
        )
        x += length
    return laid


@dataclass(frozen=True)
class Point:
    """A value of a line, and what it is of; `href` leads to what it counts."""

    label: str
    value: int
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A line through points that stand one apart; `path` and `area` are written as SVG has it."""

    points: Sequence[Point]
    width: int
    path: str
    area: str
    most: int

    @property
    def total(self) -> int:
        return sum(point.value for point in self.points)

    @property
    def peak(self) -> Point | None:
        """The highest point."""
        return max(self.points, key=lambda point: point.value, default=None)


def line(points: Iterable[Point]) -> Line:
    """Draw the line from the first point to the last, from nothing up to the highest."""
    known = list(points)
    most = max((point.value for point in known), default=0)
    width = max(1, len(known) - 1)
    places = [f"{x} {_height(point.value, most)}" for x, point in enumerate(known)]
    if len(places) == 1:
        places.append(f"1 {_height(known[0].value, most)}")
    path = f"M{' L'.join(places)}" if places else ""
    area = f"{path} L{width} {HEIGHT} L0 {HEIGHT} Z" if path else ""
    return Line(known, width, path, area, most)


def _height(value: int, most: int) -> float:
    return round(HEIGHT - (HEIGHT - MARGIN) * value / (most or 1), 1)
