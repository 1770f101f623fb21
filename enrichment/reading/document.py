"""A page as text in lines, each of which knows where on the page it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from enrichment.reading import companies
from enrichment.reading.bounds import LONGEST_QUOTE
from enrichment.reading.styling import Shade

LONGEST_LINE = 3_000
MOST_OVERLAPPING = 3
# What ends a sentence, but for the short forms of addresses and titles.
ENDS = re.compile(
    r"(?<!\b[A-Z])(?<!\bSt)(?<!\bRd)(?<!\bCo)(?<!\bNo)(?<!\bno)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?"
    r"<!\bMs)"
    r"(?<!\bTel)(?<!\btel)(?<!\bAve)(?<!\bReg)(?<!\breg)(?<!\be\.g)(?<!\bi\.e)(?<!\bNr)(?<!\bRevd)"
    r"(?<!\bRev)[.!?]+[)”\"’]?\s+(?=[A-Z0-9“\"'(\[☎📞©+])|;\s+|\s*[|•▪♦\t]\s*|\s·\s"
)


class Region:
    """The part of a page; "" is its main part."""

    MAIN = ""
    HEAD = "head"
    HEADER = "header"
    NAV = "nav"
    ASIDE = "aside"
    FOOTER = "footer"
    # What the page tells machines: behind its words, in lines `name: value`.
    MACHINE = "machine"
    STATE = "state"


@dataclass(eq=False, slots=True)
class Box:
    """A part of a page that stands apart from others, with its words from `start` to `end`.

    `names` are the words of its classes, id and role; `kids` the boxes in it.
    """

    tag: str
    names: frozenset[str]
    parent: "Box | None"
    region: str
    shade: Shade
    start: int = 0
    end: int = 0
    kids: list["Box"] = field(default_factory=list)

    def above(self) -> Iterator["Box"]:
        """Give the box and those that it stands in, the innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over lines. `level` is 1 to 6; 7 a term or words in bold."""

    level: int
    text: str


@dataclass(eq=False, slots=True)
class Line:
    """A line of words. `before` is what stands left of it in a table, `column` over it."""

    start: int
    end: int
    box: Box
    headings: tuple[Heading, ...] = ()
    before: str = ""
    column: str = ""

    @property
    def region(self) -> str:
        return self.box.region

    @property
    def shade(self) -> Shade:
        return self.box.shade


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `at` is where it begins in the text of the page."""

    href: str
    text: str
    at: int
    box: Box
    names: frozenset[str]
    label: str = ""
    may_follow: bool = True


@dataclass
class Document:
    """`source` is what was sent; `metas` what the head says by name, in lower case, the first.

    `decoded` are the parts of the text that were hidden from robots.
    """

    url: str
    source: str
    text: str = ""
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, frozenset[str], Box]] = field(default_factory=list)
    decoded: list[tuple[int, int]] = field(default_factory=list)
    # The parts that stand for pictures, which only those read who don't see them.
    unseen: list[tuple[int, int]] = field(default_factory=list)
    # Whether it shows hardly any words without its scripts.
    is_bare: bool = False
    # Where sentences end, by the line that they stand in.
    _stops: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    @cached_property
    def entities(self) -> list[tuple[Line, int, int, str]]:
        """The companies that are named with their legal form: in which line, from where to where
        in it, and their names."""
        seen: dict[int, Line] = {}
        for match in companies.ANY_FORM.finditer(self.text):
            line = self.line_at(match.start())
            if line.end - line.start <= LONGEST_LINE:
                seen.setdefault(line.start, line)
        return [
            (line, start, end, name)
            for line in seen.values()
            for start, end, name in companies.named(self.words(line))
        ]

    def line_at(self, at: int) -> Line:
        """Give the line in which a place of the text stands."""
        return self.lines[max(0, bisect_right(self.lines, at, key=lambda line: line.start) - 1)]

    def words(self, line: Line | Box) -> str:
        return self.text[line.start : line.end]

    def sentence(self, at: int) -> tuple[int, int]:
        """Give where the sentence begins and ends that a place stands in; at most its line."""
        line = self.line_at(at)
        stops = self._stops.get(line.start)
        if stops is None:
            stops = [stop.end() for stop in ENDS.finditer(self.text, line.start, line.end)]
            self._stops[line.start] = stops
        place = bisect_right(stops, at)
        return (
            stops[place - 1] if place else line.start,
            stops[place] if place < len(stops) else line.end,
        )

    def lead(self, at: int, most: int) -> str:
        """Give what leads to a place in its sentence, the last so many letters of it."""
        start, _ = self.sentence(at)
        return self.text[max(start, at - most) : at]

    def quote(self, start: int, end: int) -> str:
        """Give the words around a value, as they stand in the text."""
        line = self.line_at(start)
        first, last = line.start, max(line.end, end)
        if last - first > LONGEST_QUOTE:
            first, last = self.sentence(start)
            last = max(last, end)
        if last - first > LONGEST_QUOTE:
            room = max(0, LONGEST_QUOTE - (end - start)) // 2
            first, last = max(first, start - room), min(last, end + room)
        return self.text[first:last].strip()

    def is_unseen(self, at: int) -> bool:
        """Say whether a visitor reads what stands there only after something was opened, or not at
        all."""
        line = self.line_at(at)
        if line.shade or (line.region == Region.STATE and not self.is_bare):
            return True
        if line.box.tag == "meta":
            return True
        return _is_in(self.unseen, at)

    def was_decoded(self, at: int) -> bool:
        return _is_in(self.decoded, at)


def _is_in(parts: list[tuple[int, int]], at: int) -> bool:
    """Whether a place is in one of many parts, which are in order and hardly overlap."""
    last = bisect_right(parts, at, key=lambda part: part[0])
    return any(at < end for _, end in parts[max(0, last - MOST_OVERLAPPING) : last])
