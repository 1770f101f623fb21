"""Takeaways and food wholesalers of Trafford, from lists without numbers.

A business is known by its postcode, door and name: whoever opens in the same shop under another
name is another one.
"""

from dataclasses import replace
from datetime import date

from crm.registers.formats import values
from crm.registers.formats.contract import Draft, Format
from crm.registers.formats.food_businesses import kind
from crm.registers.formats.numbering import door, made


def read(row: dict[str, str]) -> Draft:
    """The takeaway of a row."""
    return _business(row, kind(row["kind"]))


def read_wholesale(row: dict[str, str]) -> Draft:
    """The wholesaler of a row."""
    draft = _business(row, "food_wholesaler")
    draft.facts = values.facts(activity=row["kind"])
    return draft


def _business(row: dict[str, str], trade: str) -> Draft:
    has_any = row["name"] or row["postcode"]
    return Draft(
        number=made(row["postcode"], door(row["address"]), row["name"]) if has_any else "",
        name=row["name"],
        trade=trade,
        address=row["address"].split(","),
        postcode=row["postcode"],
        point=values.point(row["longitude"], row["latitude"]),
    )


COLUMNS = {
    "name": "name",
    "address": "address",
    "postcode": "postcode",
    "longitude": "lon",
    "latitude": "lat",
}
FORMAT = Format(
    slug="trafford_takeaways",
    label="Takeaways in Trafford",
    publisher="Trafford Data Lab, from the Food Standards Agency",
    columns=COLUMNS | {"kind": "type"},
    read=read,
    bundled="trafford_fast_food_outlets.csv.gz",
    # It bears no day; the lists beside it are of 2023 at the earliest.
    bundled_as_of=date(2023, 1, 1),
    source_url="https://github.com/traffordDataLab/open_data",
    nothing=frozenset({"NA"}),
)
WHOLESALE = replace(
    FORMAT,
    slug="trafford_food_wholesale",
    label="Food wholesalers in Trafford",
    columns=COLUMNS | {"kind": "activity"},
    read=read_wholesale,
    bundled="trafford_wholesale_food_businesses.csv.gz",
)
