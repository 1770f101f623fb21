"""The registers that can be loaded: add one with a file beside this one and a line here."""

from crm.registers.formats import (
    care_homes,
    charities,
    companies_house,
    dentists,
    food_businesses,
    gambling_premises,
    manchester_health,
    mot_garages,
    nhs_practices,
    pharmacies,
    schools,
    scrap_yards,
    sports_facilities,
    trafford_food,
    wedding_venues,
)
from crm.registers.formats.contract import Format

FORMATS = [
    nhs_practices.FORMAT,
    dentists.FORMAT,
    pharmacies.FORMAT,
    schools.FORMAT,
    companies_house.FORMAT,
    mot_garages.FORMAT,
    gambling_premises.FORMAT,
    wedding_venues.FORMAT,
    scrap_yards.FORMAT,
    charities.FORMAT,
    food_businesses.FORMAT,
    care_homes.FORMAT,
    charities.TRAFFORD,
    care_homes.TRAFFORD,
    sports_facilities.FORMAT,
    trafford_food.FORMAT,
    trafford_food.WHOLESALE,
    manchester_health.DENTISTS,
    manchester_health.PHARMACIES,
]
# Further files in which these registers are published.
LAYOUTS = [
    companies_house.MIRROR,
    mot_garages.STATIONS,
    gambling_premises.LICENCES,
    charities.EXTRACT,
    food_businesses.RATINGS,
]


class UnknownRegister(LookupError):
    """No register has this name; the message lists those that exist."""


def format_of(slug: str) -> Format:
    """The register of this name."""
    for known in FORMATS:
        if known.slug == slug:
            return known
    names = ", ".join(known.slug for known in FORMATS)
    raise UnknownRegister(f"There is no register called {slug}. Choose one of: {names}.")


def layouts_of(slug: str) -> list[Format]:
    """All forms in which a register's file comes, the usual one first."""
    return [format_of(slug), *(other for other in LAYOUTS if other.slug == slug)]
