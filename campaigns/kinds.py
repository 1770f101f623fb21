"""The twelve kinds of campaign, as one table."""

from dataclasses import dataclass
from enum import Enum, auto

IT, SECTOR, TIMING, OWN = "IT and MSP", "By sector", "By timing", "Your own"
PLACES, WEB = "Google Places", "AI web search"


class By(Enum):
    """By what registers are searched for a kind."""

    NOTHING = auto()
    # Its trades and the codes of SIC 2007, by which Companies House sorts.
    TRADES = auto()
    EVERY = auto()
    OPENED = auto()
    NAMES = auto()
    # The trades of a company that is named.
    LIKE = auto()


@dataclass(frozen=True)
class Extra:
    """A field that only this kind asks for; `lines` is the height of a text box, 1 for one line.

    `given` stands in it at first.
    """

    name: str
    label: str
    hint: str
    required: bool = True
    lines: int = 1
    given: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`trades` are categories of our registers, `sic_codes` of SIC 2007; `words` are searched for.

    `needs` names the sources that find more of it. `prompt` waits for the source that asks an AI.
    Of one that `takes_lists`, councils' lists of planning applications tell, too.
    """

    slug: str
    name: str
    group: str
    icon: str
    sentence: str
    needs: tuple[str, ...]
    prompt: str
    sic_codes: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    by: By = By.TRADES
    takes_lists: bool = False

    @property
    def register_trades(self) -> tuple[str, ...]:
        """What it looks for in registers, where it looks by trades."""
        return self.trades + self.sic_codes

    @property
    def is_in_registers(self) -> bool:
        """Whether registers can say who is of this kind."""
        if self.by == By.TRADES:
            return bool(self.register_trades)
        return self.by != By.NOTHING


IT_CODES = ("62012", "62020", "62030", "62090", "63110")
FACTORY_CODES = (
    "10110", "10710", "10890", "13960", "16230", "17290", "18129", "20590", "22290", "23610",
    "24100", "25110", "25620", "25990", "26110", "26511", "27120", "28290", "28990", "29320",
    "30300", "31090", "32990", "33120",
)  # fmt: skip
RETAIL_CODES = ("47110", "47190", "47599", "47710", "47789", "68202", "68209", "82110")

KINDS = (
    Kind(
        slug="it_msp_expansion",
        name="IT/MSP expansion",
        group=IT,
        icon="network",
        sentence="IT companies and managed service providers that could add cabling services.",
        needs=(PLACES, WEB),
        sic_codes=IT_CODES,
        words=("managed service provider", "IT support", "network installation"),
        prompt="Find IT support companies and managed service providers that install or look after"
        " customers' networks but do not offer structured cabling themselves. For each, quote the"
        " services its own website lists and say why cabling would be a natural addition.",
    ),
    Kind(
        slug="it_msp_gaps",
        name="IT/MSP service gaps",
        group=IT,
        icon="puzzle",
        sentence="IT companies whose list of services has a gap that you could fill.",
        needs=(PLACES, WEB),
        sic_codes=IT_CODES,
        words=("IT services", "cyber security", "cloud migration", "telephony"),
        extras=(
            Extra("services", "Services you offer", "What they might lack, e.g. Wi-Fi surveys.",
                  lines=3),
        ),
        prompt="Find IT companies and compare the services on their own website with the services"
        " the user offers. Name each missing service and quote the page that shows the range.",
    ),
    Kind(
        slug="competitor_verification",
        name="Competitor verification",
        group=IT,
        icon="search-check",
        sentence="Check named competitors: do they exist, where, and what do they offer?",
        needs=(WEB,),
        by=By.NAMES,
        sic_codes=IT_CODES,
        extras=(Extra("companies", "Companies to check", "One name on each line.", lines=5),),
        prompt="For each company named, confirm that it exists and trades: its registered number,"
        " addresses, services, size and recent news, each with the page it was read on.",
    ),
    Kind(
        slug="education",
        name="Education",
        group=SECTOR,
        icon="graduation-cap",
        sentence="Schools, colleges and universities.",
        needs=(PLACES, WEB),
        sic_codes=("85100", "85200", "85310", "85320", "85421", "85422", "85590"),
        trades=("school",),
        words=("school", "college", "academy", "university"),
        prompt="Find schools, colleges, academy trusts and universities. Prefer those with building"
        " work, an expansion or an IT refresh in the news, and give the business manager's role.",
    ),
    Kind(
        slug="healthcare",
        name="Healthcare",
        group=SECTOR,
        icon="stethoscope",
        sentence="GP practices, dentists, pharmacies, clinics and hospitals.",
        needs=(PLACES, WEB),
        sic_codes=("86101", "86102", "86210", "86220", "86230", "86900", "47730"),
        trades=("gp_practice", "dentist", "pharmacy"),
        words=("surgery", "medical centre", "dental practice", "clinic", "hospital"),
        prompt="Find hospitals, medical and dental practices, pharmacies and clinics. Prefer sites"
        " that are moving, merging or extending, and give the practice manager's role.",
    ),
    Kind(
        slug="manufacturing",
        name="Manufacturing",
        group=SECTOR,
        icon="factory",
        sentence="Industrial sites and production companies.",
        needs=(PLACES, WEB),
        sic_codes=FACTORY_CODES,
        words=("manufacturer", "factory", "production", "engineering works"),
        prompt="Find manufacturers and industrial sites. Prefer those with new lines, new premises"
        " or automation projects, and say what is made at the address.",
    ),
    Kind(
        slug="retail_office",
        name="Retail and office",
        group=SECTOR,
        icon="store",
        sentence="Shops, office buildings and commercial property.",
        needs=(PLACES, WEB),
        sic_codes=RETAIL_CODES,
        words=("shop", "retail park", "office building", "business centre"),
        prompt="Find retail stores, office buildings and commercial properties with a tenant or"
        " manager who decides on fit-out and IT. Prefer new lettings and refurbishments.",
    ),
    Kind(
        slug="new_businesses",
        name="New businesses",
        group=TIMING,
        icon="sprout",
        sentence="Businesses that opened recently and need their first IT.",
        needs=(WEB,),
        by=By.OPENED,
        words=("new opening", "now open", "opening soon"),
        extras=(
            Extra("months", "Opened within how many months?", "A number from 1 to 36.", given="12"),
        ),
        prompt="Find businesses that opened premises in the given number of months. Give the"
        " opening date and the page that reports it; leave out mere company formations.",
    ),
    Kind(
        slug="planning_applications",
        name="Planning applications",
        group=TIMING,
        icon="construction",
        sentence="Organisations with building or renovation plans.",
        needs=(WEB,),
        by=By.NOTHING,
        takes_lists=True,
        words=("planning application", "extension", "change of use", "refurbishment"),
        prompt="Find organisations named in planning applications for commercial building,"
        " extension or change of use. Give the reference, the council's page and the decision.",
    ),
    Kind(
        slug="similar_business",
        name="Similar business lookup",
        group=OWN,
        icon="copy-plus",
        sentence="Businesses that resemble one you name.",
        needs=(PLACES, WEB),
        by=By.LIKE,
        extras=(
            Extra("company", "Resembling", "The company's name or website."),
            Extra("likeness", "What makes it a good customer", "In your own words.",
                  required=False, lines=3),
        ),
        prompt="Read the named company's website, then find businesses of the same trade, size and"
        " customers in the area. Say for each in what it resembles the original.",
    ),
    Kind(
        slug="location_based",
        name="Location-based",
        group=OWN,
        icon="map-pin",
        sentence="Every organisation in an area, whatever its trade.",
        needs=(PLACES, WEB),
        by=By.EVERY,
        prompt="Find businesses of any trade in the area that have premises, staff and a website."
        " Prefer business parks, high streets and industrial estates.",
    ),
    Kind(
        slug="custom_prompt",
        name="Custom prompt",
        group=OWN,
        icon="pen-line",
        sentence="Describe in your own words whom to find.",
        needs=(WEB,),
        by=By.NOTHING,
        extras=(
            Extra("prompt", "Whom to find", "A few sentences; name trade, size and signs.",
                  lines=5),
        ),
        prompt="Find organisations that fit the user's description. Leave out those for which no"
        " page confirms the fit.",
    ),
)  # fmt: skip

BY_SLUG = {kind.slug: kind for kind in KINDS}
CHOICES = [(kind.slug, kind.name) for kind in KINDS]


class UnknownKind(LookupError):
    """No kind of campaign has this slug."""


def get(slug: str) -> Kind:
    """Find a kind by its slug, hyphens or underscores."""
    try:
        return BY_SLUG[slug.replace("-", "_")]
    except KeyError:
        known = ", ".join(BY_SLUG)
        raise UnknownKind(f"No kind of campaign is called “{slug}”. Known: {known}.") from None


def grouped() -> list[tuple[str, list[Kind]]]:
    """List the kinds under their four headings."""
    groups = dict.fromkeys(kind.group for kind in KINDS)
    return [(group, [kind for kind in KINDS if kind.group == group]) for group in groups]


def offered() -> list[tuple[str, str]]:
    """Give the kinds to choose from: their slugs and names."""
    return CHOICES
