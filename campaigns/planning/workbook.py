"""The rows of an XLSX file: a package of XML, opened with care.

Formulas are not worked out: where a cell has one, what it last showed is read.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from campaigns.planning.unreadable import Unreadable

# What a file of 10 MB may unpack to, and of how many parts it may consist.
MOST_UNPACKED, MOST_PARTS = 80_000_000, 500
# An entity that is declared is what such bombs are made of; no spreadsheet needs one.
DECLARED, HEAD = (b"<!DOCTYPE", b"<!ENTITY"), 4_000
# Rows that a sheet claims to have, empty or not.
MOST_SCANNED, MOST_COLUMNS = 200_000, 80
DAMAGED = "It is no XLSX file that can be read. Save it anew, or as CSV."


def rows(content: bytes) -> Iterator[Sequence[str]]:
    """Give the rows of its first sheet as text; raises Unreadable."""
    _check(content)
    try:
        yield from _rows(content)
    except Unreadable:
        raise
    except Exception:  # Whatever a damaged package makes of its reader.
        raise Unreadable(DAMAGED) from None


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            # No part gives more than it says here: the reader stops there.
            if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
                raise Unreadable("It unpacks to far more than a list of 50,000 rows. Use CSV.")
            if any(each.flag_bits & 1 for each in parts):
                raise Unreadable("It is protected by a password. Save it without one.")
            names = {each.filename for each in parts}
            if "[Content_Types].xml" not in names:
                raise Unreadable("It is a ZIP file, but no XLSX. Unpack it first.")
            for part in parts:
                with package.open(part) as opened:
                    head = opened.read(HEAD)
                if any(sign in head for sign in DECLARED):
                    raise Unreadable(DAMAGED)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(DAMAGED) from None


def _rows(content: bytes) -> Iterator[Sequence[str]]:
    # It takes a quarter of a second, numpy with it, and hardly any process reads such a file.
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
    try:
        if not book.worksheets:
            raise Unreadable("It has no sheet.")
        sheet: Any = book.worksheets[0]
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        scanned = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(scanned):
            if number >= MOST_SCANNED:
                raise Unreadable("Its first sheet has too many empty rows. Save it as CSV.")
            yield [_text(cell) for cell in row]
    finally:
        book.close()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
