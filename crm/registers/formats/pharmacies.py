"""Pharmacies, with their points as [longitude,latitude]."""

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format


def read(row: dict[str, str]) -> Draft:
    """The pharmacy of a row with its own point, when that lies in the United Kingdom."""
    draft = open_register.draft(row, trade="pharmacy")
    draft.point = open_register.point(row["point"], latitude_first=False)
    return draft


FORMAT = Format(
    slug="pharmacies",
    label="Pharmacies",
    publisher="NHS Choices",
    columns=open_register.COLUMNS | {"point": "point"},
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_pharmacy_addresses.tsv.gz",
    bundled_as_of=open_register.DAY,
)
