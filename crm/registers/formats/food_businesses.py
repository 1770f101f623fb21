"""Food businesses with a hygiene rating, under the number of the Food Standards Agency."""

from dataclasses import replace

from crm.registers.formats import open_register, values
from crm.registers.formats.contract import Draft, Format

OTHER = "food_business"
KINDS = {
    "distributors/transporters": "food_distributor",
    "farmers/growers": "farm",
    "hospitals/childcare/caring premises": "care_catering",
    "hotel/bed & breakfast/guest house": "hotel",
    "importers/exporters": "food_importer",
    "manufacturers/packers": "food_maker",
    "mobile caterer": "mobile_caterer",
    "other catering premises": "caterer",
    "pub/bar/nightclub": "pub",
    "restaurant/cafe/canteen": "restaurant",
    "retailers - other": "food_shop",
    "retailers - supermarkets/hypermarkets": "supermarket",
    # No school itself, but who feeds it.
    "school/college/university": "school_catering",
    "takeaway/sandwich shop": "takeaway",
}


def kind(text: str) -> str:
    """The trade of a kind of business as the agency prints it."""
    return KINDS.get(text.casefold(), OTHER)


def read_mirror(row: dict[str, str]) -> Draft:
    """The business of a row of the open register's mirror; its point is [latitude,longitude]."""
    draft = open_register.draft(row, trade=OTHER)
    draft.point = open_register.point(row["point"], latitude_first=True)
    return draft


def read(row: dict[str, str]) -> Draft:
    """The business of a row of the agency's own file."""
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=kind(row["kind"]),
        address=[row[f"line_{n}"] for n in range(1, 5)],
        postcode=row["postcode"],
        point=values.point(row["longitude"], row["latitude"]),
        facts=values.facts(rating=row["rating"], rated=values.said(row["rated"], values.iso_day)),
    )


FORMAT = Format(
    slug="food_businesses",
    label="Food businesses",
    publisher="Food Standards Agency",
    columns=open_register.COLUMNS | {"point": "point"},
    delimiter="\t",
    quoted=False,
    read=read_mirror,
    bundled="bulk_food-hygiene_sample.tsv.gz",
    bundled_is_extract=True,
    bundled_as_of=open_register.DAY,
    source_url="https://ratings.food.gov.uk/open-data",
)
RATINGS = replace(
    FORMAT,
    columns={
        "number": "FHRSID",
        "name": "BusinessName",
        "kind": "BusinessType",
        **{f"line_{n}": f"AddressLine{n}" for n in range(1, 5)},
        "postcode": "PostCode",
        "rating": "RatingValue",
        "rated": "RatingDate",
        "longitude": "Longitude",
        "latitude": "Latitude",
    },
    optional=frozenset({"line_4", "rating", "rated", "longitude", "latitude"}),
    delimiter=",",
    quoted=True,
    read=read,
)
