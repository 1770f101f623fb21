"""The outward codes of the bundled list, for whoever has no database at hand."""

import csv
import gzip
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "bundled" / "postcodes.csv.gz"


class District(NamedTuple):
    """`region` is one of the twelve of the UK (“North West”, “Scotland”); degrees of WGS 84."""

    town: str
    county: str
    region: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def all_of() -> dict[str, District]:
    """Every outward code ("LE1") with where it is; those without a centre are not among them."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return {
            row["postcode"]: District(
                row["town"],
                row["region"],
                row["uk_region"],
                float(row["latitude"]),
                float(row["longitude"]),
            )
            for row in csv.DictReader(file)
            if row["latitude"] and row["longitude"]
        }
