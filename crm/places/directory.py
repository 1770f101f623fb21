"""The ONS Postcode Directory: every postcode of the United Kingdom, the ended ones too."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import IO

from crm.places.reading import NOTHING, Reading, Refused, cells, line, without_point, written

# The same postcode in several widths; which of them there are depends on the edition.
POSTCODES = ("pcds", "pcd8", "pcd7", "pcd2", "pcd")
NEEDED = ("dointr", "doterm", "lat", "long")
# Written where a postcode has no point.
NOWHERE = 99.0


def is_header(begin: list[str]) -> bool:
    """Whether a table begins as the directory does."""
    names = _names(begin)
    return any(name in names for name in POSTCODES) and not missing(begin)


def missing(begin: list[str]) -> list[str]:
    """The columns that a table which looks like the directory has not."""
    names = _names(begin)
    if not any(name in names for name in (*POSTCODES, "doterm")):
        return []
    lacking = [name for name in NEEDED if name not in names]
    return lacking if any(name in names for name in POSTCODES) else ["pcds", *lacking]


def rows(text: IO[str], file: str, reading: Reading) -> Iterator[str]:
    """The directory's postcodes as lines of COPY."""
    header = _names(next(csv.reader(text)))
    postcode = header.index(next(name for name in POSTCODES if name in header))
    began, ended, latitude, longitude = (header.index(name) for name in NEEDED)
    months, this_month = {"": NOTHING}, f"{date.today():%Y%m}"
    for row in cells(text, file, len(header), reading, above=1):
        try:
            first, last = row[began], row[ended]
            if last not in months:
                months[last] = _month(last)
            for month in (first, last):
                if reading.newest < month <= this_month and month.isdigit():
                    reading.newest = month
            yield _line(written(row[postcode]), row[latitude], row[longitude], months[last])
        except Refused as error:
            reading.refused[str(error)] += 1


def _line(postcode: str, latitude: str, longitude: str, ended: str) -> str:
    try:
        north, east = float(latitude or 0), float(longitude or 0)
    except ValueError:
        raise Refused("a point that is no number") from None
    # Zero is how older editions write it; no postcode lies on the equator.
    if north == 0 or north > NOWHERE:
        return without_point(postcode, ended)
    return line(postcode, north, east, ended)


def _names(begin: list[str]) -> list[str]:
    return [name.strip().lower() for name in begin]


def _month(text: str) -> str:
    year, month = text[:4], text[4:]
    if len(text) == 6 and text.isdigit() and "1900" < year < "2100" and "01" <= month <= "12":
        return f"{year}-{month}-01"
    raise Refused("an end that is no month")
