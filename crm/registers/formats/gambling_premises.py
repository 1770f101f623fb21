"""Premises licensed for gambling.

The number that is printed is its operator's: two thousand betting shops bear 1611. So a place is
known by its operator, postcode and door; several licences for one place are one entry.
"""

from dataclasses import replace

from crm.registers.formats import open_register, values
from crm.registers.formats.contract import Draft, Format
from crm.registers.formats.numbering import door, made

TRADE = "gambling_premises"


def read_mirror(row: dict[str, str]) -> Draft:
    """The place of a row of the open register's mirror."""
    draft = open_register.draft(row, trade=TRADE)
    operator = draft.number
    # Some print the address in place of the name, and the town alone as the address.
    printed = row["address"] if "," in row["address"] else f"{draft.name}, {row['address']}"
    draft.number = made(operator, draft.postcode, door(printed)) if operator else ""
    draft.facts = {"operator_number": operator} | open_register.both_names(draft.name)
    return draft


def read(row: dict[str, str]) -> Draft:
    """The place of a row of the commission's own file."""
    address = ", ".join(filter(None, (row["line_1"], row["line_2"])))
    operator = row["number"]
    return Draft(
        number=made(operator, row["postcode"], door(address)) if operator else "",
        name=row["name"],
        trade=TRADE,
        address=[row["line_1"], row["line_2"], row["town"]],
        postcode=row["postcode"],
        town=row["town"],
        facts=values.facts(
            operator_number=operator,
            activity=row["activity"],
            licensed_by=row["council"],
            **open_register.both_names(row["name"]),
        ),
    )


FORMAT = Format(
    slug="gambling_premises",
    label="Gambling premises",
    publisher="Gambling Commission",
    columns=open_register.COLUMNS,
    delimiter="\t",
    quoted=False,
    read=read_mirror,
    bundled="bulk_gambling-commission_addresses.tsv.gz",
    bundled_as_of=open_register.DAY,
    source_url="https://www.gamblingcommission.gov.uk/public-register",
)
LICENCES = replace(
    FORMAT,
    columns={
        "number": "Account Number",
        "name": "Account Name",
        "activity": "Premises Activity",
        "council": "Local Authority",
        "line_1": "Address Line 1",
        "line_2": "Address Line 2",
        "town": "City",
        "postcode": "Postcode",
    },
    optional=frozenset({"activity", "council"}),
    delimiter=",",
    quoted=True,
    read=read,
)
