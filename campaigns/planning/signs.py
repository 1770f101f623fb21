"""Words by which the name of an organisation is told from that of a person."""

LEGAL = frozenset({
    "cic", "cio", "cyf", "cyfyngedig", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc", "sarl",
})  # fmt: skip
# What stands in the name of an organisation and in no person's.
TRADING = frozenset({
    "academies", "academy", "agency", "agents", "architects", "architectural", "architecture",
    "associates", "association", "authority", "brewery", "bros", "builders", "building",
    "buildings", "centre", "commission", "constabulary", "construction", "consultancy",
    "consultants", "consulting", "contractors", "contracts", "council", "county", "dental",
    "department", "design", "designs", "developers", "development", "developments", "diocese",
    "drawings", "electrical", "energy", "engineering", "engineers", "enterprises", "estate",
    "estates", "farms", "foods", "foundation", "garage", "garages", "group", "health",
    "healthcare", "holdings", "hospital", "hospitals", "hotel", "hotels", "housing", "industries",
    "international", "investments", "joinery", "landscapes", "leisure", "logistics", "management",
    "medical", "motors", "museum", "national", "networks", "nhs", "nursery", "office", "partners",
    "partnership", "pharmacy", "planners", "planning", "police", "practice", "primary", "projects",
    "properties", "property", "pub", "pubs", "railway", "recycling", "regeneration", "renewables",
    "restaurant", "restaurants", "retail", "school", "schools", "services", "shop", "society",
    "solutions", "stores", "studio", "studios", "supermarkets", "surgery", "surveying", "surveyors",
    "systems", "technologies", "technology", "telecom", "telecommunications", "trading",
    "trustees", "union", "university", "utilities", "ventures", "waste",
})  # fmt: skip
# What stands there, too, and is what thousands of people are called: it needs another word beside
# it that nobody is.
INITIALS = frozenset({"bv", "co", "lp"})
NAMES = frozenset({"charity", "church", "guild", "house", "land", "parish"})
# The surname of few: it is enough where the rest is more than forenames and initials.
RARE_NAMES = frozenset({
    "bank", "borough", "brothers", "bureau", "care", "club", "college", "company", "firm", "homes",
    "rail", "solar", "sons", "trust", "water", "works",
})  # fmt: skip
# What nobody is called, though it says nothing by itself.
NOBODYS = frozenset({
    "affordable", "anglican", "animal", "baptist", "bespoke", "british", "cancer", "catholic",
    "central", "children", "childrens", "christ", "city", "coffee", "community", "dementia",
    "digital", "district", "domiciliary", "elderly", "elim", "european", "evangelical",
    "families", "federation", "first", "for", "free", "global", "guest", "holy", "home", "hospice",
    "housebuilders", "institute", "life", "lutheran", "meeting", "methodist", "midland",
    "midlands", "mission", "modern", "nursing", "of", "online", "opera", "orthodox", "our",
    "pentecostal", "premier", "presbyterian", "public", "publishing", "quality", "reformed",
    "regional", "registry", "rescue", "residential", "rural", "scottish", "securities", "shared",
    "social", "strategic", "student", "theatre", "uk", "united", "welfare", "youth",
})  # fmt: skip
# What stands between forenames, and around them.
BESIDE = frozenset({
    "aka", "and", "bin", "bint", "binti", "canon", "capt", "captain", "col", "colonel", "countess",
    "dame", "deceased", "del", "della", "den", "der", "dos", "duchess", "duke", "esq", "esquire",
    "executor", "executors", "father", "hon", "honourable", "imam", "jnr", "junior", "lady", "late",
    "lieutenant", "lord", "major", "messrs", "miss", "misses", "mrs", "nee", "née", "pastor",
    "prof", "professor", "rabbi", "rev", "revd", "reverend", "right", "senior", "sgt", "sir",
    "sister", "snr", "the", "van", "viscount", "von",
})  # fmt: skip
