"""The two lists as the matcher is given them, and apart from them which row is which."""

import csv
import lzma
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from leads.dedupe.record import Record
from leads.identity.candidate import Candidate, clean

FILE = Path(__file__).with_name("practices_2016_and_2025.csv.xz")
OLD, NEW = "2016", "2025"
SEED = 2025


@dataclass(frozen=True)
class Lists:
    """The codes stand beside the records, in the same order; no record knows its own."""

    old: list[Record]
    new: list[Record]
    old_codes: list[str]
    new_codes: list[str]


def read(most: int) -> Lists:
    """Read the first rows; the newer list is shuffled, so that its order tells nothing either."""
    with lzma.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[:most]
    shuffled = Random(SEED).sample(rows, len(rows))
    return Lists(
        [_record(row, OLD) for row in rows],
        [_record(row, NEW) for row in shuffled],
        [row["ods_code"] for row in rows],
        [row["ods_code"] for row in shuffled],
    )


def _record(row: dict[str, Any], year: str) -> Record:
    """Clean it like anybody's; the older list has no phone numbers."""
    candidate = Candidate(
        name=row[f"name_{year}"],
        source="import",
        address=row[f"address_{year}"],
        postcode=row[f"postcode_{year}"],
        phone=row.get(f"phone_{year}", ""),
    )
    return Record.of_cleaned(clean(candidate), address=candidate.address)
