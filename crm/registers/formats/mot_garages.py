"""MOT testing stations, under the number that the agency gave to each site."""

from dataclasses import replace

from crm.registers.formats import open_register, values
from crm.registers.formats.contract import Draft, Format

TRADE = "mot_garage"
CLASSES = ("1", "2", "3", "4", "5", "7")


def read_mirror(row: dict[str, str]) -> Draft:
    """The garage of a row of the open register's mirror, which prints names in the address."""
    draft = open_register.nameless(row, trade=TRADE)
    draft.facts = open_register.both_names(draft.name)
    return draft


def read(row: dict[str, str]) -> Draft:
    """The garage of a row of the agency's own file."""
    tests = [kind for kind in CLASSES if row[f"class_{kind}"]]
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=TRADE,
        address=[row["line_1"], row["line_2"], row["line_3"], row["town"]],
        postcode=row["postcode"],
        phone=values.phone(row["phone"]),
        town=row["town"],
        facts=values.facts(**open_register.both_names(row["name"]), mot_classes=tests),
    )


FORMAT = Format(
    slug="mot_garages",
    label="MOT garages",
    publisher="Driver and Vehicle Standards Agency",
    columns=open_register.NAMELESS,
    delimiter="\t",
    quoted=False,
    read=read_mirror,
    bundled="bulk_vehicle-testing-stations_addresses.tsv.gz",
    bundled_as_of=open_register.DAY,
    source_url="https://www.gov.uk/government/publications/active-mot-test-stations",
)
STATIONS = replace(
    FORMAT,
    columns={
        "number": "Site_Number",
        "name": "Trading_Name",
        "line_1": "Address1",
        "line_2": "Address2",
        "line_3": "Address3",
        "town": "Town",
        "postcode": "Postcode",
        "phone": "Phone",
        **{f"class_{kind}": f"Class_{kind}" for kind in CLASSES},
    },
    optional=frozenset(f"class_{kind}" for kind in CLASSES),
    delimiter=",",
    quoted=True,
    read=read,
)
