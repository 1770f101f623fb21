"""A table as an Excel workbook: written row by row into a file of its own, then handed over."""

import tempfile
from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from crm.exporting import cells
from crm.exporting.columns import Cell, Column, Row
from crm.exporting.supply import Tally

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet has so many rows below its head.
MOST_ROWS = 1_048_575
FULL = (
    f"A workbook holds no more than {MOST_ROWS:,} rows, so this one ends here. There is more: "
    "export it as CSV, or set a filter and export the parts."
)
PIECE = 64 * 1024
WIDTH = 20
# Excel reckons with 15 digits and knows no day before 1900; what goes beyond is written as text.
MOST_DIGITS = 15
FIRST_YEAR = 1900


def write(
    columns: Sequence[Column[Row]],
    chunks: Iterable[Sequence[Row] | str],
    zone: tzinfo,
    tally: Tally,
) -> Generator[bytes]:
    """Give the file piece by piece; a text among the chunks is a remark on a row of its own.

    The tally has what is in the file, and says so where the sheet holds no more.
    """
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export.xlsx"
        tally.rows, full = _fill(path, columns, chunks, zone)
        tally.why = full or tally.why
        written = path.open("rb")
    # The folder is gone already, and the file with it as soon as nobody reads it any more.
    with written:
        while piece := written.read(PIECE):
            yield piece


def _fill(
    path: Path, columns: Sequence[Column[Row]], chunks: Iterable[Sequence[Row] | str], zone: tzinfo
) -> tuple[int, str]:
    """Write the file; give how many rows it has, and what it says if there is no room for more."""
    # A tenth of a second that no process needs at its start.
    from xlsxwriter import Workbook  # noqa: PLC0415

    # Excel's files of their own are made beside it, so that they go with the folder.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with Workbook(str(path), options) as book:
        page = _Page(book, zone)
        page.head([each.label for each in columns])
        for chunk in chunks:
            if isinstance(chunk, str):
                page.remark(chunk)
                continue
            for row in chunk:
                if not page.add([each.value(row) for each in columns]):
                    return page.rows, FULL
        page.end()
    return page.rows, ""


class _Page:
    """The sheet and its next row. Its last row is kept back for saying that there is more."""

    def __init__(self, book: "Workbook", zone: tzinfo) -> None:
        self.sheet: Worksheet = book.add_worksheet("Export")
        self.zone = zone
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
        self.moment = book.add_format({"num_format": "d mmm yyyy hh:mm", "align": "left"})
        self.decimal = book.add_format({"num_format": "#,##0.00##"})
        self.next = 0
        self.rows = 0
        self.held: list[Cell] | None = None

    def head(self, labels: Sequence[str]) -> None:
        """Write the names of the columns; they stay in sight."""
        self.sheet.set_column(0, max(0, len(labels) - 1), WIDTH)
        self.sheet.freeze_panes(1, 0)
        for column, label in enumerate(labels):
            self.sheet.write_string(0, column, cells.text(label), self.bold)
        self.next = 1

    def add(self, row: list[Cell]) -> bool:
        """Write a row; where the sheet has no more, say so on the last one and give False."""
        if self.next < MOST_ROWS:
            self._write(row)
            self.rows += 1
            return True
        if self.held is None:
            self.held = row
            return True
        self.held = None
        self._write([FULL])
        return False

    def remark(self, sentence: str) -> None:
        """Write a sentence on the next row."""
        self.held = None
        self._write([sentence])

    def end(self) -> None:
        """Write the row that was kept back, since there is no more."""
        if self.held is not None:
            self._write(self.held)
            self.rows += 1

    def _write(self, row: Sequence[Cell]) -> None:
        for column, value in enumerate(row):
            self._cell(column, value)
        self.next += 1

    def _cell(self, column: int, value: Cell) -> None:
        sheet, row = self.sheet, self.next
        match value:
            case None | "":
                return
            case datetime() if value.year > FIRST_YEAR:
                local = cells.local(value, self.zone).replace(tzinfo=None)
                sheet.write_datetime(row, column, local, self.moment)
            case date() if value.year > FIRST_YEAR and not isinstance(value, datetime):
                sheet.write_datetime(row, column, value, self.day)
            case int() if not isinstance(value, bool) and len(str(abs(value))) <= MOST_DIGITS:
                sheet.write_number(row, column, value)
            case Decimal() if len(value.normalize().as_tuple().digits) <= MOST_DIGITS:
                sheet.write_number(row, column, value, self.decimal)
            case str():
                # Always a string, so it is never a formula; nor is it a link.
                sheet.write_string(row, column, cells.text(value))
            case _:
                sheet.write_string(row, column, cells.words(value, self.zone))
