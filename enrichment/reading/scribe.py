"""Writes a document: words into lines, lines into boxes, under their headings."""

import re

from enrichment.reading.bounds import MOST_LINE, MOST_LINES, MOST_TEXT
from enrichment.reading.document import Box, Document, Heading, Line, Region
from enrichment.reading.styling import Shade

# Signs that nobody sees: soft hyphens, joiners, marks of direction and of byte order.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]+")
# In words that are set as they are typed, columns are parted by blanks.
GAP = re.compile(r"[^\S\n]{4,}|\t+")
LONGEST_HEADING = 120
LONGEST_BOLD = 60
MANY_DIGITS = re.compile(r"\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d\D{0,2}\d")


def _plain(words: str) -> str:
    """Give words with one blank for any; a blank at an end stays one."""
    shown = words if words.isascii() else UNSEEN.sub("", words)
    said = " ".join(shown.split())
    if not said:
        return " " if shown else ""
    start = " " if shown[0].isspace() else ""
    return f"{start}{said} " if shown[-1].isspace() else start + said


class Scribe:
    """Keeps where it stands; `here` is where the next word will."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.box = Box("page", frozenset(), None, Region.MAIN, Shade.SHOWN)
        document.boxes.append(self.box)
        self.parts: list[str] = []
        self.length = 0
        self.line = ""
        self.plain = 0
        self.headings: list[tuple[Heading, Box, int]] = []
        self.before = ""
        self.column = ""

    @property
    def here(self) -> int:
        return self.length + len(self.line)

    @property
    def is_full(self) -> bool:
        return self.length > MOST_TEXT or len(self.document.lines) >= MOST_LINES

    def open(self, tag: str, names: frozenset[str], region: str, shade: Shade) -> Box:
        """Begin a box in the present one."""
        self.end_line()
        box = Box(tag, names, self.box, region, shade, start=self.length)
        self.box.kids.append(box)
        self.document.boxes.append(box)
        self.box = box
        return box

    def close(self) -> None:
        """End the present box; its headings end with it, unless it holds nothing else."""
        self.end_line()
        box = self.box
        box.end = max(box.start, self.length - 1)
        if box.parent is None:
            return
        if self.headings:
            self.headings = [
                (heading, box.parent if within is box else within, end)
                for heading, within, end in self.headings
                if within is not box or end == self.length
            ]
        self.box = box.parent

    def write(self, words: str, *, is_bold: bool = False, is_typed: bool = False) -> None:
        """Add words to the line."""
        if is_typed:
            self._write_typed(words)
            return
        said = _plain(words)
        while len(said) > MOST_LINE:
            end = said.rfind(" ", 0, MOST_LINE) + 1 or MOST_LINE
            self._add(said[:end], is_bold=is_bold)
            said = said[end:]
            if self.is_full:
                return
        self._add(said, is_bold=is_bold)

    def _add(self, said: str, *, is_bold: bool) -> None:
        if not self.line or self.line[-1] == " ":
            said = said.removeprefix(" ")
        if len(self.line) + len(said) > MOST_LINE:
            self.end_line()
        self.line += said
        if not is_bold:
            self.plain += len(said.strip())

    def _write_typed(self, words: str) -> None:
        first, *more = words.split("\n")
        self.write(GAP.sub(" | ", first))
        for each in more:
            self.end_line()
            self.write(GAP.sub(" | ", each))

    def replace(self, start: int, words: str) -> None:
        """Put other words where the line has some since `start`; nothing if it began later."""
        if start >= self.length:
            self.line = self.line[: start - self.length] + words

    def since(self, start: int) -> str:
        """Give the words of this line since a place."""
        return self.line[max(0, start - self.length) :]

    def end_line(self) -> None:
        """End the line; one without words is none."""
        said = self.line.strip(" ")
        plain, self.line, self.plain = self.plain, "", 0
        if not said or self.is_full:
            return
        line = Line(
            self.length,
            self.length + len(said),
            self.box,
            tuple(heading for heading, _, _ in self.headings),
            self.before,
            self.column,
        )
        self.document.lines.append(line)
        self.parts.append(said)
        self.length += len(said) + 1
        if plain == 0 and len(said) <= LONGEST_BOLD and not MANY_DIGITS.search(said):
            self.head(7, said)

    def head(self, level: int, words: str) -> None:
        """What follows stands under this, as far as the present box goes."""
        said = words.strip()[:LONGEST_HEADING]
        if not said:
            return
        self.headings = [each for each in self.headings if each[0].level < level]
        self.headings.append((Heading(level, said), self.box, self.length))

    def finish(self) -> None:
        """End all that is open, and put the text together."""
        while self.box.parent is not None:
            self.close()
        self.close()
        if not self.document.lines:
            self.document.lines.append(Line(0, 0, self.document.boxes[0]))
        self.document.decoded.sort()
        self.document.text = "\n".join(self.parts)
        self.document.boxes[0].end = len(self.document.text)
