"""The two published lists of postcodes, told apart by how their tables begin."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from crm.places import code_point, directory
from crm.places.files import Table
from crm.places.reading import Reading
from crm.published import NotLoaded

# As the Postcode Directory has them, once more and cut into areas.
AREA_BY_AREA = "multi_csv"
LONGEST = 64 * 1024
# As wide as a row of either can be shown.
SHOWN = 60
LABELS = {
    "directory": "The ONS Postcode Directory",
    "code_point": "Code-Point Open",
}


class NotAList(NotLoaded):
    """None of the tables is a list of postcodes that we read."""


class SeveralLists(NotLoaded):
    """It cannot be told which of the lists is meant."""


@dataclass(frozen=True, slots=True)
class List:
    """A published list: which, and the tables that it consists of."""

    kind: Literal["directory", "code_point"]
    parts: list[Table]
    # As its notes say; the directory's rows tell.
    day: date | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return LABELS[self.kind]

    def rows(self, reading: Reading) -> Iterator[str]:
        """Its postcodes as lines of COPY; what cannot be taken is counted."""
        rows = directory.rows if self.kind == "directory" else code_point.rows
        for part in self.parts:
            with part.lines() as text:
                yield from rows(text, Path(part.name).name, reading)


def find(tables: list[Table], file: str) -> List:
    """The list that lies among the tables of a file."""
    begins = {table.name: _begin(table) for table in tables}
    whole = [each for each in tables if directory.is_header(begins[each.name])]
    parts = [each for each in whole if AREA_BY_AREA in Path(each.name).parts]
    if once := [each for each in whole if each not in parts] or None:
        if len(once) > 1:
            names = ", ".join(each.name for each in once)
            raise SeveralLists(f"{file} holds {len(once)} lists: {names}. Load one of them.")
        return List("directory", once)
    if parts:
        return List("directory", parts)
    if areas := [each for each in tables if code_point.is_row(begins[each.name])]:
        return List("code_point", areas, code_point.day(tables))
    for begin in begins.values():
        if missing := directory.missing(begin):
            raise NotAList(
                f"{file} lacks the columns {', '.join(missing)} of the ONS Postcode Directory. "
                "Load the directory as it was published."
            )
    raise NotAList(_complaint(file, begins.values()))


def _begin(table: Table) -> list[str]:
    with table.lines() as text:
        try:
            line = text.readline(LONGEST)
        except UnicodeDecodeError:
            # Documents beside the list may be in any encoding; they are none.
            return []
    return next(csv.reader([line]), [])


def _complaint(file: str, begins: Iterable[list[str]]) -> str:
    known = (
        "Load the ONS Postcode Directory (ONSPD) or Code-Point Open, "
        "as the zip that is published or unpacked."
    )
    first = next((",".join(begin) for begin in begins if begin), "")
    if not first:
        return f"{file} holds no list of postcodes. {known}"
    shown = first if len(first) <= SHOWN else f"{first[:SHOWN]}…"
    return f"{file} is no list of postcodes: it begins with “{shown}”. {known}"
