"""Sports grounds and halls in Trafford, under Sport England's numbers of sites.

A site has a row for each kind of facility. In the bundled file they are one row, the kinds parted
by upright lines; of the published one the first row of a site is taken.
"""

from datetime import date

from crm.registers.formats import values
from crm.registers.formats.contract import Draft, Format

# In the order of what a site is first of all: a leisure centre has pitches, too.
KINDS = {
    "health and fitness gym stations": "gym",
    "swimming pools": "swimming_pool",
    "golf": "golf_course",
    "ice rinks": "ice_rink",
    "ski slopes": "ski_slope",
    "indoor tennis courts": "tennis_courts",
    "squash courts": "squash_courts",
    "sports halls": "sports_hall",
    "studios": "fitness_studio",
    "athletics": "athletics_track",
    "outdoor tennis courts": "tennis_courts",
    "artificial grass pitches": "sports_ground",
    "grass pitches": "sports_ground",
}
OTHER = "sports_facility"


def read(row: dict[str, str]) -> Draft:
    """The site of a row."""
    kinds = values.parts(row["kinds"])
    trade, *more = values.trades(kinds, KINDS, other=OTHER)
    return Draft(
        number=row["number"],
        name=row["name"],
        trade=trade,
        address=[row["street"], row["town"]],
        postcode=row["postcode"],
        phone=values.phone(row["phone"]),
        point=values.point(row["longitude"], row["latitude"]),
        more_trades=tuple(more),
        email=row["email"],
        website=row["website"],
        town=row["town"],
        facts=values.facts(facilities=kinds, access=row["access"]),
    )


FORMAT = Format(
    slug="trafford_sports",
    label="Sports facilities in Trafford",
    publisher="Trafford Data Lab, from Sport England's Active Places",
    columns={
        "number": "site_id",
        "name": "site_name",
        "kinds": "facility_type",
        "access": "access_type",
        "street": "street",
        "town": "town",
        "postcode": "postcode",
        "phone": "telephone",
        "email": "email",
        "website": "website",
        "longitude": "lon",
        "latitude": "lat",
    },
    read=read,
    bundled="sports_facilities.csv.gz",
    # The newest change of a site on it.
    bundled_as_of=date(2025, 9, 19),
    source_url="https://github.com/traffordDataLab/open_data",
    nothing=frozenset({"NA"}),
)
