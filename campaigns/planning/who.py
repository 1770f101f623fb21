"""Whether an applicant or agent is a company: of a private person nothing may be stored."""

import re
from collections.abc import Sequence

LEGAL = frozenset({
    "bv", "cic", "cio", "cyf", "cyfyngedig", "gmbh", "inc", "limited", "llc", "llp", "lp",
    "ltd", "plc", "sarl",
})  # fmt: skip
# What stands in the name of an organisation and in no person's.
TRADING = frozenset({
    "academies", "academy", "agency", "agents", "architects", "architectural", "architecture",
    "associates", "association", "authority", "bank", "borough", "brewery", "bros", "brothers",
    "builders", "building", "buildings", "bureau", "care", "centre", "charity", "church",
    "club", "co", "college", "commission", "company", "constabulary", "construction",
    "consultancy", "consultants", "consulting", "contractors", "contracts", "council", "county",
    "dental", "department", "design", "designs", "developers", "development", "developments",
    "diocese", "drawings", "electrical", "energy", "engineering", "engineers", "enterprises",
    "estate", "estates", "farms", "firm", "foods", "foundation", "garage", "garages", "group",
    "guild", "health", "healthcare", "holdings", "homes", "hospital", "hospitals", "hotel",
    "hotels", "house", "housing", "industries", "international", "investments", "joinery",
    "land", "landscapes", "leisure", "limited", "logistics", "management", "medical", "motors",
    "museum", "national", "networks", "nhs", "nursery", "office", "parish", "partners",
    "partnership", "pharmacy", "planners", "planning", "police", "practice", "primary",
    "projects", "properties", "property", "pub", "pubs", "rail", "railway", "recycling",
    "regeneration", "renewables", "restaurant", "restaurants", "retail", "school", "schools",
    "services", "shop", "society", "solar", "solutions", "sons", "stores", "studio", "studios",
    "supermarkets", "surgery", "surveying", "surveyors", "systems", "technologies",
    "technology", "telecom", "telecommunications", "trading", "trust", "trustees", "union",
    "university", "utilities", "ventures", "waste", "water", "works",
})  # fmt: skip
TITLE = re.compile(
    r"^\W*(?:mr|mrs|ms|miss|mx|messrs|dr|doctor|prof|professor|sir|dame|lady|lord|rev|revd"
    r"|reverend|cllr|councillor|master)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[,;/()|\n]|\s[-–]\s|\bc/o\b|\bon behalf of\b|\bobo\b|\bfao\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
MOST = 200


def company(said: str) -> str:
    """Give the company that is named; "" where nobody is, or a private person."""
    whole = " ".join(said.replace("\x00", "").split())[:MOST].strip(" ,.;-")
    parts = [part.strip(" ,.;-") for part in BETWEEN.split(whole)]
    parts = [part for part in parts if part]
    # “Mr J Smith, Smith Homes Ltd” and “Jo Smith (Smith Homes Ltd)”, but “Hill, Dale & Co Ltd”.
    if len(parts) > 1 and (TITLE.match(parts[0]) or _is_person(parts[0])):
        return next((each for each in parts[1:] if _is_company(each)), "")
    return whole if _is_company(whole) else ""


def _is_company(name: str) -> bool:
    return not TITLE.match(name) and bool(_words(name) & (LEGAL | TRADING))


def _is_person(name: str) -> bool:
    return len(name.split()) > 1 and not _is_company(name)


def _words(name: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(name)}


def first(names: Sequence[str]) -> str:
    """Give the first company among these."""
    return next(filter(None, map(company, names)), "")
