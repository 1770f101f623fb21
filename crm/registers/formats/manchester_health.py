"""Dentists and pharmacies of Greater Manchester: fresher than the national lists, and fuller.

None is bundled: their practices stand in the national registers already. The list of dentists has
no numbers; a practice is known by its postcode, door and name.
"""

from crm.registers.formats import values
from crm.registers.formats.contract import Draft, Format
from crm.registers.formats.numbering import door, made

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SOURCE = "https://github.com/traffordDataLab/open_data"


def read_dentist(row: dict[str, str]) -> Draft:
    """The practice of a row."""
    has_any = row["name"] or row["postcode"]
    return Draft(
        number=made(row["postcode"], door(row["address"]), row["name"]) if has_any else "",
        name=row["name"],
        trade="dentist",
        address=row["address"].split(","),
        postcode=row["postcode"],
        phone=values.phone(row["phone"]),
        point=values.point(row["longitude"], row["latitude"]),
        website=row["website"],
    )


def read_pharmacy(row: dict[str, str]) -> Draft:
    """The pharmacy of a row, under its code in the NHS, with its hours."""
    return Draft(
        number=row["number"],
        name=row["name"],
        trade="pharmacy",
        address=row["address"].split(","),
        postcode=row["postcode"],
        facts=values.facts(opening_hours=values.facts(**{day: row[day] for day in DAYS})),
    )


DENTISTS = Format(
    slug="manchester_dentists",
    label="Dentists in Greater Manchester",
    publisher="Trafford Data Lab, from the NHS",
    columns={
        "name": "name",
        "address": "address",
        "postcode": "postcode",
        "phone": "telephone",
        "website": "website",
        "longitude": "lon",
        "latitude": "lat",
    },
    read=read_dentist,
    source_url=SOURCE,
    nothing=frozenset({"NA"}),
)
PHARMACIES = Format(
    slug="manchester_pharmacies",
    label="Pharmacies in Greater Manchester",
    publisher="Trafford Data Lab, from the NHS",
    columns={
        "number": "organisation_data_service_code",
        "name": "pharmacy_name",
        "address": "address",
        "postcode": "postcode",
        **{day: f"opening_hours_{day}" for day in DAYS},
    },
    read=read_pharmacy,
    source_url=SOURCE,
    nothing=frozenset({"NA"}),
)
