"""What both published lists have in common: the postcodes they hold, and what is refused."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from crm.places.postcode import FORM
from crm.published import CutFile, NotLoaded

NOTHING = r"\N"
# Rockall, Muckle Flugga, Lowestoft and the Scillies lie within.
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -14.0, 2.5


class Refused(ValueError):
    """A row that cannot be taken; the message is the reason, the same for all rows of its kind."""


@dataclass
class Reading:
    """How far the reading is, and what it has met."""

    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    # The latest month in which anything happened, written like 202502.
    newest: str = ""


def cells(
    text: IO[str], file: str, width: int, reading: Reading, *, above: int = 0
) -> Iterator[list[str]]:
    """The rows of a table that are as wide as they must be; `above` lines were read already."""
    table, short = csv.reader(text), 0
    try:
        for row in table:
            if not row:
                continue
            reading.rows += 1
            if len(row) < width:
                short = table.line_num
                reading.refused["too few columns"] += 1
                continue
            yield row
    except csv.Error as error:
        where = f"Line {table.line_num + above} of {file}"
        raise NotLoaded(f"{where} is no row of a table: {error}.") from None
    if short and short == table.line_num:
        raise CutFile(file, f"line {short + above} ends too early")


def written(postcode: str) -> str:
    """A postcode of a list, with one blank in its middle."""
    if found := FORM.fullmatch(postcode.replace(" ", "").upper()):
        return f"{found[1]} {found[2]}"
    raise Refused("not a postcode")


def line(postcode: str, latitude: float, longitude: float, ended: str = NOTHING) -> str:
    """A postcode with its point as a line of COPY."""
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return f"{postcode}\t{latitude}\t{longitude}\t{ended}\n"
    raise Refused("a point outside the United Kingdom")


def without_point(postcode: str, ended: str = NOTHING) -> str:
    """A postcode that exists but lies nowhere, as a line of COPY."""
    return f"{postcode}\t{NOTHING}\t{NOTHING}\t{ended}\n"
