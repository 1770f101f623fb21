"""Which industry of the points table a register's trade belongs to.

The table values healthcare, finance, technology and manufacturing most; education, retail,
professional services, construction and logistics half; any other that is known a little.
"""

from crm.registers import sic
from crm.registers.trades import TRADES

INDUSTRIES = {
    "school": "education",
    "mot_garage": "automotive",
    "scrap_yard": "recycling",
    "gambling_premises": "leisure",
    "wedding_venue": "hospitality",
    "charity": "charity",
    **dict.fromkeys(
        (
            "restaurant", "takeaway", "pub", "hotel", "caterer", "mobile_caterer",
            "school_catering", "care_catering", "food_business",
        ),
        "hospitality",
    ),
    **dict.fromkeys(("supermarket", "food_shop"), "retail"),
    "food_maker": "manufacturing",
    "food_distributor": "logistics",
    **dict.fromkeys(("food_importer", "food_wholesaler"), "wholesale"),
    "farm": "agriculture",
    **dict.fromkeys(
        (
            "gym", "swimming_pool", "golf_course", "ice_rink", "ski_slope", "tennis_courts",
            "squash_courts", "sports_hall", "fitness_studio", "athletics_track", "sports_ground",
            "sports_facility",
        ),
        "leisure",
    ),
}  # fmt: skip
SECTIONS = {
    "A": "agriculture",
    "B": "mining",
    "C": "manufacturing",
    "D": "utilities",
    "E": "utilities",
    "F": "construction",
    "G": "wholesale",
    "H": "logistics",
    "I": "hospitality",
    "J": "technology",
    "K": "finance",
    "L": "property",
    "M": "professional_services",
    "N": "business_services",
    "O": "public_sector",
    "P": "education",
    "Q": "healthcare",
    "R": "leisure",
    "S": "personal_services",
}
# Where the first digits of a code say more than its section; the longest that fits counts.
CODES = {
    "38": "recycling",
    "45": "automotive",
    "47": "retail",
    "58": "media",
    "582": "technology",
    "59": "media",
    "60": "media",
    "75": "veterinary",
    "94": "membership",
    # Says that it does nothing, not what it does.
    "74990": "",
    "98": "",
    "99999": "",
}


def of_trade(trade: str) -> str:
    """Name the industry, "" where the trade tells none.

    Every trade of ours that is not listed is one of the NHS and its contractors or of care.
    """
    if trade in TRADES:
        return INDUSTRIES.get(trade, "healthcare")
    section = sic.section(trade)
    if not section:
        return ""
    closer = (CODES[trade[:n]] for n in range(5, 1, -1) if trade[:n] in CODES)
    return next(closer, SECTIONS.get(section, ""))
