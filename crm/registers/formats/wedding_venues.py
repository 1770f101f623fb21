"""Venues of civil marriages and civil partnerships.

The number that is printed is the place of the row in the file, which says nothing about the venue:
it is known by its postcode and name instead.
"""

from crm.registers.formats import open_register
from crm.registers.formats.contract import Draft, Format
from crm.registers.formats.numbering import made


def read(row: dict[str, str]) -> Draft:
    """The venue of a row."""
    draft = open_register.nameless(row, trade="wedding_venue")
    draft.number = made(draft.postcode, draft.name) if draft.name else ""
    return draft


FORMAT = Format(
    slug="wedding_venues",
    label="Wedding venues",
    publisher="General Register Office",
    columns=open_register.NAMELESS,
    delimiter="\t",
    quoted=False,
    read=read,
    bundled="bulk_civil-marriage-venues_addresses.tsv.gz",
    bundled_as_of=open_register.DAY,
)
