"""Pharmacies: the only one of these registers that prints a point, as [longitude,latitude]."""

import json
from datetime import date

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format, UnreadableRow

# West, south, east, north of the United Kingdom.
KINGDOM = (-8.7, 49.8, 1.8, 60.9)


def read(row: dict[str, str]) -> Draft:
    """The pharmacy of a row with its own point, when that lies in the United Kingdom."""
    draft = open_register.draft(row, trade="pharmacy")
    draft.point = _point(row["point"])
    return draft


def _point(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        longitude, latitude = (float(number) for number in json.loads(text))
    except (ValueError, TypeError):
        raise UnreadableRow("unreadable point") from None
    west, south, east, north = KINGDOM
    if west <= longitude <= east and south <= latitude <= north:
        return longitude, latitude
    return None


FORMAT = Format(
    slug="pharmacies",
    label="Pharmacies",
    publisher="NHS Choices",
    columns=open_register.COLUMNS | {"point": "point"},
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_pharmacy_addresses.tsv.gz",
    # Of some day in 2016; the first never claims to be fresher than it is.
    bundled_as_of=date(2016, 1, 1),
)
