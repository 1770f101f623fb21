"""A table as CSV: UTF-8 with the mark that Excel looks for, lines ended as the standard says."""

import csv
import io
from collections.abc import Generator, Iterable, Sequence
from datetime import tzinfo

from crm.exporting import cells
from crm.exporting.columns import Column, Row
from crm.exporting.supply import Tally

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"


def write(
    columns: Sequence[Column[Row]],
    chunks: Iterable[Sequence[Row] | str],
    zone: tzinfo,
    tally: Tally,
) -> Generator[bytes]:
    """Give the file chunk by chunk; a text among the chunks is a remark on a line of its own.

    How many rows it becomes, the chunks count themselves: a file of this kind is never full.
    """
    yield BYTE_ORDER_MARK.encode() + _lines([[cells.harmless(each.label) for each in columns]])
    for chunk in chunks:
        if isinstance(chunk, str):
            yield _lines([[chunk]])
        else:
            yield _lines([cells.words(each.value(row), zone) for each in columns] for row in chunk)


def _lines(rows: Iterable[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()
