"""Facilities permitted to take apart end-of-life vehicles, under the number of their permit."""

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format


def read(row: dict[str, str]) -> Draft:
    """The yard of a row; people and their firm share the name column ("K Hanif t/a Auto Parts")."""
    draft = open_register.draft(row, trade="scrap_yard")
    draft.facts = open_register.both_names(draft.name)
    return draft


FORMAT = Format(
    slug="scrap_yards",
    label="Scrap yards",
    publisher="Environment Agency",
    columns=open_register.COLUMNS,
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_end-of-life-vehicles_addresses.tsv.gz",
    bundled_as_of=open_register.DAY,
)
