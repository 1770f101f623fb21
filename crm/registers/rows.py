"""The rows of a published file under our names of its columns."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from crm.registers.decoding import CutFile
from crm.registers.formats.contract import Format
from crm.registers.lines import lines
from crm.registers.refusal import NotLoaded


class WrongColumns(NotLoaded):
    """The file is not of the form that its register publishes."""


class UnreadableLine(NotLoaded):
    """A line breaks the rules of its kind of file."""


class Columns(NamedTuple):
    """Where each of our columns stands in a row, and how many columns a full row has."""

    places: list[tuple[str, int]]
    width: int

    def of(self, row: list[str]) -> dict[str, str] | None:
        """The row under our names; None when it is too short."""
        if len(row) < self.width:
            return None
        return {ours: row[place].strip() for ours, place in self.places}


class Rows:
    """The rows of one file, once; a row that is too short comes as None."""

    def __init__(self, form: Format, path: Path, encoding: str = "") -> None:
        self.form, self.path, self.encoding = form, path, encoding
        self.line = 0
        self.ends_open = False

    def __iter__(self) -> Iterator[dict[str, str] | None]:
        rows = self._split()
        last = next(rows, [])
        columns = self._columns(last)
        if not self.form.has_header:
            yield columns.of(last)
        for last in rows:
            yield columns.of(last)
        if len(last) < columns.width:
            has = f"its last line {self.line} has {len(last)} of {columns.width} columns"
            raise CutFile(self.path.name, has)

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
        for line in lines(self.path, self.encoding):
            self.line += 1
            self.ends_open = not line.endswith(("\n", "\r"))
            yield line

    def _columns(self, first: list[str]) -> Columns:
        titles = [title.strip() for title in first]
        places: list[tuple[str, int]] = []
        missing: list[str] = []
        for ours, place in self.form.columns.items():
            if isinstance(place, str):
                at, called = (titles.index(place) if place in titles else -1), place
            else:
                at, called = (place if place < len(first) else -1), f"{ours} (column {place + 1})"
            if at < 0:
                missing.append(called)
            places.append((ours, at))
        if missing or len(first) < self.form.width:
            raise self._wrong(titles, missing)
        return Columns(places, self.form.width or len(titles))

    def _wrong(self, titles: list[str], missing: list[str]) -> WrongColumns:
        has = f"{len(titles)} columns instead of {self.form.width}"
        if self.form.has_header:
            has = f"the columns {', '.join(titles)[:200] or 'none'}"
        lacks = f"; missing: {', '.join(missing)}" if missing else ""
        separators = {"\t": "tabs", ",": "commas"}[self.form.delimiter]
        return WrongColumns(
            f"Line 1 of {self.path.name} has {has}{lacks}. Choose the published file of the "
            f"register {self.form.slug}, its columns separated by {separators}."
        )
