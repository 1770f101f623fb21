"""The rows of a published file under our names of its columns."""

import csv
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from crm.published import CutFile, NotLoaded
from crm.registers.formats.contract import Format
from crm.registers.lines import Source

# Raised when the way of reading changes, so that every row counts as changed.
READING = b"3"
UNIT = "\x1f"
# Of a row, what stands at the places of our columns; no form has only one.
Chosen = Callable[[list[str]], Sequence[str]]


class WrongColumns(NotLoaded):
    """The file is not of the form that its register publishes."""


class UnreadableLine(NotLoaded):
    """A line breaks the rules of its kind of file."""


class Row(NamedTuple):
    """The fields that we read of one row, in the order of the form's columns.

    `digest` is the same for the same fields, whatever stands in the other columns; `fields` is
    None when the row is too short.
    """

    line: int
    digest: int
    fields: Sequence[str] | None


class Rows:
    """The rows of one file, once.

    After the first, `lacking` names the columns it does not have, and `last` is ours for its last.
    """

    def __init__(self, form: Format, path: Path, encoding: str = "") -> None:
        self.form, self.path = form, path
        self.source = Source(path, encoding or form.encoding)
        self.line = 0
        self.ends_open = False
        self.lacking: list[str] = []
        self.last = ""
        self._names = list(form.columns)
        self._reading = READING + form.reading.encode()

    @property
    def share(self) -> float:
        """How much of the file was read, 0 to 1."""
        return self.source.share

    def __iter__(self) -> Iterator[Row]:
        rows = self._split()
        last = next(rows, [])
        places, width = self._places(last)
        chosen: Chosen = itemgetter(*places)
        if not self.form.has_header:
            yield self._row(last, chosen, width)
        for last in rows:
            yield self._row(last, chosen, width)
        if len(last) < width:
            has = f"its last line {self.line} has {len(last)} of {width} columns"
            raise CutFile(self.path.name, has)

    def named(self, fields: Sequence[str]) -> dict[str, str]:
        """The fields under our names, without what stands for nothing."""
        nothing = self.form.nothing
        named = dict(zip(self._names, map(str.strip, fields), strict=True))
        if nothing:
            named = {name: "" if value in nothing else value for name, value in named.items()}
        return named

    def _row(self, row: list[str], chosen: Chosen, width: int) -> Row:
        if len(row) < width:
            return Row(self.line, 0, None)
        row.append("")
        fields = chosen(row)
        told = blake2b(self._reading + UNIT.join(fields).encode(), digest_size=8)
        return Row(self.line, int.from_bytes(told.digest(), signed=True), fields)

    def _split(self) -> Iterator[list[str]]:
        """The rows that are not blank."""
        table = csv.reader(
            self._watched(),
            delimiter=self.form.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.form.quoted else csv.QUOTE_NONE,
            strict=True,
        )
        try:
            yield from filter(None, table)
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise CutFile(self.path.name, f"line {self.line} ends within quotes") from error
            raise UnreadableLine(
                f"Line {self.line} of {self.path.name} cannot be read: {error}. "
                "Correct it or download the file again."
            ) from error

    def _watched(self) -> Iterator[str]:
        line = ""
        for line in self.source.lines():
            self.line += 1
            yield line
        self.ends_open = not line.endswith(("\n", "\r"))

    def _places(self, first: list[str]) -> tuple[list[int], int]:
        """Where each of our columns stands; one that may be missing stands behind the last."""
        titles = [title.strip() for title in first]
        # The first of several: some files name two columns alike.
        at = {title: place for place, title in reversed(list(enumerate(titles)))}
        places: list[int] = []
        missing: list[str] = []
        for ours, wanted in self.form.columns.items():
            if isinstance(wanted, str):
                place, called = at.get(wanted, -1), wanted
            else:
                place = wanted if wanted < len(first) else -1
                called = f"{ours} (column {wanted + 1})"
            if place < 0:
                (self.lacking if ours in self.form.optional else missing).append(called)
            places.append(place)
        if missing or len(first) < self.form.width:
            raise self._wrong(titles, missing)
        width = self.form.width or len(titles)
        self.last = dict(zip(places, self._names, strict=True)).get(width - 1, "")
        return places, width

    def _wrong(self, titles: list[str], missing: list[str]) -> WrongColumns:
        has = f"{len(titles)} columns instead of {self.form.width}"
        if self.form.has_header:
            has = f"the columns {', '.join(titles)[:200] or 'none'}"
        lacks = f"; missing: {', '.join(missing)}" if missing else ""
        separators = {"\t": "tabs", ",": "commas"}.get(self.form.delimiter, self.form.delimiter)
        return WrongColumns(
            f"Line 1 of {self.path.name} has {has}{lacks}. Choose the published file of the "
            f"register {self.form.slug}, its columns separated by {separators}."
        )
