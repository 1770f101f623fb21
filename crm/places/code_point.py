"""Code-Point Open: the postcodes of Great Britain, a table without header for each area."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from crm.places import national_grid
from crm.places.files import Table
from crm.places.postcode import FORM
from crm.places.reading import Reading, Refused, cells, line, without_point, written

WIDTH = 4
# The quality of a postcode that has no point.
NOWHERE = "90"
EAST, NORTH = 700_000, 1_300_000
# “RM UPDATE DATE: 20250118” in Doc/metadata.txt, the day of Royal Mail's list; else its own.
DAYS = [re.compile(rf"{word} DATE\W+([0-9]{{8}})") for word in ("UPDATE", "COPYRIGHT")]


def is_row(begin: list[str]) -> bool:
    """Whether a table begins with a postcode, its quality and its place on the grid."""
    return (
        len(begin) >= WIDTH
        and FORM.fullmatch(begin[0].replace(" ", "")) is not None
        and all(cell.strip().isdigit() for cell in begin[1:WIDTH])
    )


def day(tables: list[Table]) -> date | None:
    """The day that the notes beside the tables name."""
    for table in tables:
        if table.name.lower().endswith("metadata.txt"):
            with table.lines() as text:
                notes = text.read(10_000).upper()
            for found in filter(None, (each.search(notes) for each in DAYS)):
                return datetime.strptime(found[1], "%Y%m%d").date()
    return None


def rows(text: IO[str], file: str, reading: Reading) -> Iterator[str]:
    """The postcodes of an area as lines of COPY."""
    for postcode, quality, easting, northing, *_ in cells(text, file, WIDTH, reading):
        try:
            yield _line(written(postcode), quality, easting, northing)
        except Refused as error:
            reading.refused[str(error)] += 1


def _line(postcode: str, quality: str, easting: str, northing: str) -> str:
    try:
        east, north = int(easting), int(northing)
    except ValueError:
        raise Refused("a point that is no number") from None
    if quality.strip() == NOWHERE or east == north == 0:
        return without_point(postcode)
    if not (0 < east < EAST and 0 < north < NORTH):
        raise Refused("a point outside Great Britain")
    latitude, longitude = national_grid.point(east, north)
    return line(postcode, round(latitude, 6), round(longitude, 6))
