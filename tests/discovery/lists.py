"""Lists of planning applications as councils publish them, for tests."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = (
    "Application number", "Site address", "Proposal", "Applicant name", "Applicant company",
    "Agent name", "Agent address", "Decision", "Date received", "Decision date",
)  # fmt: skip
ROWS: tuple[Sequence[str], ...] = (
    ("26/0001/FUL", "1 Town Hall Square, Leicester, LE1 1AA", "New shop front", "Mr A Person",
     "Quay Homes Ltd", "Fern Architects LLP", "2 Mill Lane, Leicester LE1 5AB", "Granted",
     "02/11/2026", "20/11/2026"),
    ("26/0002/HOU", "9 Home Street, Leicester, LE1 5AB", "Rear extension", "Mrs B Person", "",
     "Fern Architects LLP", "2 Mill Lane, Leicester LE1 5AB", "", "3 Nov 2026", ""),
    ("26/0003/HOU", "10 Home Street, Leicester, LE1 5AB", "Dormer", "Ms C Person", "",
     "Mr D Person", "1 Elsewhere Road, LE1 5AB", "Refused", "2026-11-04", ""),
    ("26/0004/FUL", "Land off Somewhere", "Ten flats", "", "Quay Homes Ltd", "", "", "", "", ""),
    ("26/0005/FUL", "1 Piccadilly, Manchester, M1 1AA", "Sign", "", "Northern Signs Ltd", "", "",
     "", "", ""),
)  # fmt: skip


def as_csv(
    rows: Iterable[Sequence[str]] = ROWS,
    *,
    headings: Sequence[str] = HEADINGS,
    delimiter: str = ",",
    encoding: str = "utf-8",
    above: str = "",
) -> bytes:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in (headings, *rows)]
    return (above + "\r\n".join(lines)).encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]] = ROWS, headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
