"""Charities of England and Wales, and those that work in Trafford.

A list of one borough is a register of its own: loaded as the national one it would close the rest
of the country. A linked charity bears the number of its parent and one of its own.
"""

from dataclasses import replace
from datetime import date

from crm.registers.formats import open_register, values
from crm.registers.formats.contract import Draft, Format
from crm.registers.numbers import company_number

TRADE = "charity"
REGISTERED = "Registered"
NO_FORM = "Other"


def read_mirror(row: dict[str, str]) -> Draft:
    """The charity of a row of the open register's mirror."""
    return open_register.draft(row, trade=TRADE)


def read(row: dict[str, str]) -> Draft:
    """The charity of a row of the commission's extract."""
    draft = _charity(row, [row[f"line_{n}"] for n in range(1, 6)])
    draft.number = _number(row)
    draft.active = row["status"] == REGISTERED and not row["closed"]
    draft.closed = values.iso_day(row["closed"])
    draft.facts |= values.facts(income=_whole(row["income"]))
    return draft


def _number(row: dict[str, str]) -> str:
    """A charity that is linked to another has that one's number."""
    return f"{row['number']}-{row['linked']}" if row["linked"].strip("0") else row["number"]


def read_local(row: dict[str, str]) -> Draft:
    """The charity of a row of Trafford's list."""
    return _charity(row, row["address"].split(","))


def _charity(row: dict[str, str], address: list[str]) -> Draft:
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=TRADE,
        address=address,
        postcode=row["postcode"],
        phone=values.phone(row["phone"]),
        opened=values.iso_day(row["opened"]),
        company_number=company_number(row["company_number"]),
        email=row["email"].lower(),
        website=row["website"],
        facts=values.facts(
            legal_form=row["legal_form"].removeprefix(NO_FORM), activities=row["activities"]
        ),
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


COLUMNS = {
    "number": "registered_charity_number",
    "name": "charity_name",
    "legal_form": "charity_type",
    "opened": "date_of_registration",
    "postcode": "charity_contact_postcode",
    "phone": "charity_contact_phone",
    "email": "charity_contact_email",
    "website": "charity_contact_web",
    "company_number": "charity_company_registration_number",
    "activities": "charity_activities",
}
FORMAT = Format(
    slug="charities",
    label="Charities",
    publisher="Charity Commission for England and Wales",
    columns=open_register.COLUMNS,
    delimiter="\t",
    quoted=False,
    read=read_mirror,
    bundled="bulk_charity-commission_sample.tsv.gz",
    bundled_is_extract=True,
    bundled_as_of=open_register.DAY,
    source_url="https://register-of-charities.charitycommission.gov.uk/register/full-register-download",
)
EXTRACT = replace(
    FORMAT,
    columns=COLUMNS
    | {
        "linked": "linked_charity_number",
        "status": "charity_registration_status",
        "closed": "date_of_removal",
        "income": "latest_income",
        **{f"line_{n}": f"charity_contact_address{n}" for n in range(1, 6)},
    },
    optional=frozenset({"income", "activities"}),
    read=read,
    number_of=_number,
)
TRAFFORD = Format(
    slug="trafford_charities",
    label="Charities in Trafford",
    publisher="Trafford Data Lab, from the Charity Commission",
    columns=COLUMNS | {"address": "charity_contact_address"},
    read=read_local,
    bundled="charities_operating_in_trafford.csv.gz",
    # The newest registration on it.
    bundled_as_of=date(2023, 3, 23),
    source_url="https://github.com/traffordDataLab/open_data",
    nothing=frozenset({"NA"}),
)
