"""Schools of England and Wales, some of them abroad: no status and no point."""

from datetime import date

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format


def read(row: dict[str, str]) -> Draft:
    """The school of a row."""
    return open_register.draft(row, trade="school")


FORMAT = Format(
    slug="schools",
    label="Schools",
    publisher="Department for Education",
    columns=open_register.COLUMNS,
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_edubase_addresses.tsv.gz",
    # Of some day in 2016; the first never claims to be fresher than it is.
    bundled_as_of=date(2016, 1, 1),
)
