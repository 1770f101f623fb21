"""General dental practices: no status and no point, each one is taken as active."""

from datetime import date

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format


def read(row: dict[str, str]) -> Draft:
    """The practice of a row."""
    return open_register.draft(row, trade="dentist")


FORMAT = Format(
    slug="dentists",
    label="General dental practices",
    publisher="NHS Organisation Data Service",
    columns=open_register.COLUMNS,
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_general-dental-practices_addresses.tsv.gz",
    # Of some day in 2016; the first never claims to be fresher than it is.
    bundled_as_of=date(2016, 1, 1),
)
