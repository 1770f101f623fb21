"""The trades that registers sort their entries into, as slugs and in words.

The codes of SIC 2007 are trades, too: `sic` knows them. A slug that is neither, from a register
that somebody described for themselves, is its own words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from crm.registers import sic


class Trade(NamedTuple):
    """One trade in words, for one organisation and for many."""

    one: str
    many: str


TRADES = {
    "gp_practice": Trade("GP practice", "GP practices"),
    "dentist": Trade("Dentist", "Dentists"),
    "pharmacy": Trade("Pharmacy", "Pharmacies"),
    "school": Trade("School", "Schools"),
    "walk_in_centre": Trade("Walk-in centre", "Walk-in centres"),
    "out_of_hours": Trade("Out-of-hours service", "Out-of-hours services"),
    "walk_in_out_of_hours": Trade(
        "Walk-in and out-of-hours service", "Walk-in and out-of-hours services"
    ),
    "public_health": Trade("Public health service", "Public health services"),
    "community_health": Trade("Community health service", "Community health services"),
    "hospital_service": Trade("Hospital service", "Hospital services"),
    "optometry": Trade("Optometry service", "Optometry services"),
    "urgent_care": Trade("Urgent and emergency care", "Urgent and emergency care services"),
    "hospice": Trade("Hospice", "Hospices"),
    "care_home": Trade("Care or nursing home", "Care and nursing homes"),
    "border_force": Trade("Border Force health service", "Border Force health services"),
    "young_offender": Trade("Young offender institution", "Young offender institutions"),
    "secure_training_centre": Trade("Secure training centre", "Secure training centres"),
    "secure_childrens_home": Trade("Secure children's home", "Secure children's homes"),
    "immigration_removal": Trade("Immigration removal centre", "Immigration removal centres"),
    "court": Trade("Court health service", "Court health services"),
    "police_custody": Trade("Police custody health service", "Police custody health services"),
    "sexual_assault_referral": Trade(
        "Sexual assault referral centre", "Sexual assault referral centres"
    ),
    "other_justice": Trade("Other justice health service", "Other justice health services"),
    "prison": Trade("Prison health service", "Prison health services"),
    "primary_care_network": Trade("Primary care network", "Primary care networks"),
    "pharmacy_prescribing": Trade("Pharmacy prescribing service", "Pharmacy prescribing services"),
    "nhs_other": Trade("Other NHS service", "Other NHS services"),
    "homecare": Trade("Homecare agency", "Homecare agencies"),
    "supported_living": Trade("Supported living", "Supported living services"),
    "care_service": Trade("Other care service", "Other care services"),
    "mot_garage": Trade("MOT garage", "MOT garages"),
    "scrap_yard": Trade("Scrap yard", "Scrap yards"),
    "gambling_premises": Trade("Gambling premises", "Gambling premises"),
    "wedding_venue": Trade("Wedding venue", "Wedding venues"),
    "charity": Trade("Charity", "Charities"),
    "restaurant": Trade("Restaurant or café", "Restaurants and cafés"),
    "takeaway": Trade("Takeaway", "Takeaways"),
    "pub": Trade("Pub or bar", "Pubs and bars"),
    "hotel": Trade("Hotel or guest house", "Hotels and guest houses"),
    "caterer": Trade("Caterer", "Caterers"),
    "mobile_caterer": Trade("Mobile caterer", "Mobile caterers"),
    "school_catering": Trade("School catering", "School catering"),
    "care_catering": Trade("Care or hospital catering", "Care and hospital catering"),
    "supermarket": Trade("Supermarket", "Supermarkets"),
    "food_shop": Trade("Food shop", "Food shops"),
    "food_maker": Trade("Food manufacturer", "Food manufacturers"),
    "food_distributor": Trade("Food distributor", "Food distributors"),
    "food_importer": Trade("Food importer or exporter", "Food importers and exporters"),
    "food_wholesaler": Trade("Food wholesaler", "Food wholesalers"),
    "food_business": Trade("Food business", "Food businesses"),
    "farm": Trade("Farm or grower", "Farms and growers"),
    "gym": Trade("Gym", "Gyms"),
    "swimming_pool": Trade("Swimming pool", "Swimming pools"),
    "golf_course": Trade("Golf course", "Golf courses"),
    "ice_rink": Trade("Ice rink", "Ice rinks"),
    "ski_slope": Trade("Ski slope", "Ski slopes"),
    "tennis_courts": Trade("Tennis courts", "Tennis courts"),
    "squash_courts": Trade("Squash courts", "Squash courts"),
    "sports_hall": Trade("Sports hall", "Sports halls"),
    "fitness_studio": Trade("Fitness studio", "Fitness studios"),
    "athletics_track": Trade("Athletics track", "Athletics tracks"),
    "sports_ground": Trade("Sports ground", "Sports grounds"),
    "sports_facility": Trade("Sports facility", "Sports facilities"),
}


def label(slug: str) -> str:
    """The trade of one organisation in words."""
    trade = TRADES.get(slug)
    if trade:
        return trade.one
    return sic.label(slug) or slug.replace("_", " ").capitalize()


def plural(slug: str) -> str:
    """The trade of many organisations in words."""
    trade = TRADES.get(slug)
    return trade.many if trade else label(slug)


def is_known(slug: str) -> bool:
    """Whether this is a trade of ours or a code of SIC 2007."""
    return slug in TRADES or bool(sic.label(slug))


def find(words: str, most: int = 20) -> list[str]:
    """Trades whose words, or whose digits, begin like these; ours first, then codes of SIC 2007."""
    wanted = words.casefold().split()
    ours = [slug for slug in TRADES if wanted and _fits(slug, wanted)]
    return [*ours, *sic.find(words, most)][:most]


def _fits(slug: str, wanted: list[str]) -> bool:
    named = set(_words(slug))
    return all(any(part.startswith(word) for part in named) for word in wanted)


def _words(slug: str) -> Iterator[str]:
    for text in TRADES[slug]:
        yield from text.casefold().replace("-", " ").split()
