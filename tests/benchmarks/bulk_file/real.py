"""What the bundled registers teach: how organisations are called, and where they are."""

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crm.registers.formats.contract import Draft, Format, UnreadableRow
from crm.registers.formats.known import FORMATS

OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?[0-9][A-Z]{2}")
STREET = re.compile(
    r"(?:[A-Z'’.-]+ ){1,3}(?:ROAD|STREET|LANE|AVENUE|CLOSE|DRIVE|WAY|SQUARE|PLACE|HILL|GARDENS)"
)


@dataclass(frozen=True)
class Real:
    """Names in capitals, streets without numbers, and how many rows each outward code has."""

    names: list[str]
    streets: list[str]
    outwards: Counter[str]


@cache
def real() -> Real:
    """Read all of it once."""
    names, streets, outwards = [], set(), Counter[str]()
    for known in FORMATS:
        for draft in _drafts(known) if known.bundled else ():
            names.append(" ".join(draft.name.upper().split()))
            streets.update(STREET.findall(" / ".join(draft.address).upper()))
            if found := OUTWARD.fullmatch(draft.postcode.strip().upper()):
                outwards[found[1]] += 1
    return Real(names, sorted(streets), outwards)


def _drafts(known: Format) -> Iterator[Draft]:
    quoting = csv.QUOTE_MINIMAL if known.quoted else csv.QUOTE_NONE
    path = known.bundled_path
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as lines:
        rows = csv.reader(lines, delimiter=known.delimiter, quoting=quoting)
        titles = [title.strip() for title in next(rows)] if known.has_header else []
        places = {
            ours: theirs if isinstance(theirs, int) else titles.index(theirs)
            for ours, theirs in known.columns.items()
            if isinstance(theirs, int) or theirs in titles
        }
        nothing = dict.fromkeys(known.columns, "")
        for row in rows:
            try:
                yield known.read(nothing | {ours: row[place] for ours, place in places.items()})
            except (UnreadableRow, ValueError, IndexError):
                # A few rows of what is published are broken; they teach nothing.
                continue
