"""The rows of an uploaded file, whatever wrote it: CSV of any usual kind, or XLSX."""

import csv
import io
from collections.abc import Iterator, Sequence

from campaigns.planning import columns, workbook
from campaigns.planning.unreadable import Unreadable

MOST_BYTES = 10_000_000
MOST_ROWS = 50_000
# A row has no more columns that anybody reads, and a cell no more text.
MOST_COLUMNS, LONGEST_CELL = 80, 5_000
DELIMITERS = (",", ";", "\t", "|")
# What councils put above the headings.
MOST_ABOVE = 20
OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Rows = Iterator[Sequence[str]]


def rows(content: bytes) -> Rows:
    """Give the rows of a file as text, without those that are empty; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("It is larger than 10 MB. Take a shorter period, or leave columns out.")
    if not content.strip():
        raise Unreadable("It is empty.")
    if content.startswith(OLD_EXCEL):
        raise Unreadable("It is an old Excel file (.xls). Save it as .xlsx or CSV first.")
    given = workbook.rows(content) if content.startswith(ZIP) else _of_csv(content)
    return _bounded(given)


def _bounded(given: Rows) -> Rows:
    number = 0
    for row in given:
        cells = [cell[:LONGEST_CELL].replace("\x00", "").strip() for cell in row[:MOST_COLUMNS]]
        if not any(cells):
            continue
        number += 1
        if number > MOST_ROWS + MOST_ABOVE:
            raise Unreadable("It has more than 50,000 rows. Split it, or take a shorter period.")
        yield cells


def _of_csv(content: bytes) -> Rows:
    text = _decoded(content)
    delimiter = max(DELIMITERS, key=lambda each: _fit(text, each))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"It can't be read as CSV: {error}.") from None


def _decoded(content: bytes) -> str:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise Unreadable("Its text is damaged: save it as CSV in UTF-8.") from None
    if b"\x00" in content:
        raise Unreadable("It is neither CSV nor XLSX.")
    try:
        return content.decode()
    except UnicodeDecodeError:
        # What Excel writes in this country; what even that does not know is shown as a mark.
        return content.decode("cp1252", errors="replace")


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many headings are known if this stands between them, and how often it is there."""
    above = "\n".join(text.splitlines()[:MOST_ABOVE])
    try:
        found = list(csv.reader(io.StringIO(above, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0, 0
    known = max((len(columns.of(row).at) for row in found), default=0)
    return known, above.count(delimiter)
