"""Care homes and other care that the Care Quality Commission watches, under its location numbers.

The directory of the whole of England begins with four lines about itself: take them off first.
"""

from dataclasses import replace
from datetime import date

from crm.registers.formats import values
from crm.registers.formats.contract import Draft, Format

# In the order of what a place is first of all.
SERVICES = {
    "nursing homes": "care_home",
    "residential homes": "care_home",
    "hospice": "hospice",
    "supported living": "supported_living",
    "supported housing": "supported_living",
    "homecare agencies": "homecare",
}
OTHER = "care_service"


def read(row: dict[str, str]) -> Draft:
    """The place of a row; what it offers is parted by upright lines."""
    offered = values.parts(row["services"])
    trade, *more = values.trades(offered, SERVICES, other=OTHER)
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=trade,
        address=row["address"].split(","),
        postcode=row["postcode"],
        phone=values.phone(row["phone"]),
        point=values.point(row["longitude"], row["latitude"]),
        more_trades=tuple(more),
        website=row["website"],
        facts=values.facts(
            services=offered, provider=row["provider"], inspected=row["inspected"], page=row["page"]
        ),
    )


FORMAT = Format(
    slug="care_homes",
    label="Care homes",
    publisher="Care Quality Commission",
    columns={
        "number": "CQC Location ID (for office use only)",
        "name": "Name",
        "services": "Service types",
        "address": "Address",
        "postcode": "Postcode",
        "phone": "Phone number",
        "website": "Service's website (if available)",
        "provider": "Provider name",
        "inspected": "Date of latest check",
        "page": "Location URL",
        "longitude": "Longitude",
        "latitude": "Latitude",
    },
    optional=frozenset({"website", "inspected", "page", "longitude", "latitude"}),
    read=read,
    source_url="https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
)
TRAFFORD = replace(
    FORMAT,
    slug="trafford_care_homes",
    label="Care homes in Trafford",
    publisher="Trafford Data Lab, from the Care Quality Commission",
    columns={
        "number": "cqc_id",
        "name": "name",
        "services": "type",
        "address": "address",
        "postcode": "postcode",
        "phone": "telephone",
        "website": "website",
        "provider": "provider",
        "inspected": "inspection_date",
        "page": "cqc_webpage",
        "longitude": "lon",
        "latitude": "lat",
    },
    optional=frozenset(),
    bundled="trafford_care_homes.csv.gz",
    # The newest inspection on it.
    bundled_as_of=date(2026, 2, 10),
    source_url="https://github.com/traffordDataLab/open_data",
    nothing=frozenset({"NA"}),
)
