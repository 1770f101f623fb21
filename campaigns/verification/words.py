"""Words in names of organisations that say what it does, what it is, or nothing at all."""

# fmt: off
# They tell nobody apart: a name may come with or without them.
NOISE = frozenset({
    "a", "an", "and", "at", "by", "company", "co", "for", "gb", "great", "britain", "in", "ltd",
    "limited", "llp", "nhs", "of", "on", "plc", "the", "uk", "united", "kingdom", "official",
    "cic", "cio",
})
# One of two names that has one of these is another company: it owns and does not trade.
HOLDING = frozenset({
    "holding", "holdings", "holdco", "topco", "midco", "bidco", "nominee", "nominees", "spv",
    "trustee", "trustees", "acquisitions",
})
GROUP = frozenset({
    "group", "groups", "grp", "investments", "properties", "property", "estates", "ventures",
    "developments", "enterprises", "finance", "capital",
})
# What an organisation does or is: "Aspen Networks" may be called "Aspen", and not "Aspen Legal".
TRADE = frozenset({
    "academy", "accountants", "advice", "agency", "associates", "audit", "automation", "automotive",
    "bakery", "bar", "builders", "building", "business", "cabling", "cafe", "care", "cars",
    "catering", "centre", "chambers", "chemist", "chemists", "church", "city", "cleaning", "clinic",
    "cloud", "club", "college", "commercial", "communications", "community", "components",
    "computer", "computers", "computing", "construction", "consultancy", "consultants",
    "consulting", "contractors", "council", "cyber", "data", "dental", "dentist", "dentistry",
    "design", "development", "developments", "digital", "distribution", "dr", "education",
    "electrical", "electronics", "energy", "engineering", "engineers", "england", "enterprises",
    "estate", "estates", "europe", "fabrications", "facilities", "factory", "farm", "finance",
    "financial", "fitness", "foods", "foundation", "garage", "general", "global", "gym", "hall",
    "health", "healthcare", "high", "home", "homes", "hospital", "hotel", "house", "hub",
    "industries", "industrial", "infant", "information", "infrastructure", "innovation",
    "innovations", "installations", "insurance", "interiors", "international", "investments", "it",
    "junior", "kitchens", "lab", "labs", "law", "legal", "leisure", "logistics", "maintenance",
    "managed", "management", "manufacturing", "market", "marketing", "media", "medical", "metal",
    "metals", "mot", "motor", "motors", "msp", "national", "network", "networking", "networks",
    "northern", "nursery", "office", "offices", "online", "optical", "opticians", "packaging",
    "partner", "partners", "partnership", "pharmacy", "plastics", "practice", "precision",
    "primary", "print", "printing", "pro", "product", "production", "productions", "products",
    "professional", "projects", "properties", "property", "recruitment", "renewables", "repairs",
    "restaurant", "retail", "roofing", "sales", "school", "secondary", "security", "service",
    "services", "shop", "shops", "smart", "software", "solicitors", "solution", "solutions",
    "southern", "sports", "stationery", "stores", "studio", "studios", "supplies", "supply",
    "support", "surgery", "surveyors", "system", "systems", "tech", "technical", "technologies",
    "technology", "telecom", "telecoms", "tools", "trade", "trading", "training", "transport",
    "travel", "trust", "tyres", "university", "utilities", "ventures", "vehicle", "vets", "web",
    "welding", "wholesale", "workshop", "works",
})
# Several ways to write one word.
ONE_WORD = {
    "saint": "st", "sts": "st", "drs": "dr", "doctor": "dr", "doctors": "dr", "center": "centre",
    "ctr": "centre", "svcs": "services", "engs": "engineers", "jnr": "junior", "sch": "school",
    "prim": "primary", "cofe": "ce", "mfg": "manufacturing", "intl": "international",
    "tech": "technology", "practise": "practice", "med": "medical", "chemists": "pharmacy",
    "chemist": "pharmacy", "infants": "infant", "juniors": "junior", "inf": "infant",
    "mount": "mt", "bros": "brothers", "hosp": "hospital", "surg": "surgery", "hlth": "health",
    "assoc": "associates", "acc": "accountants", "elec": "electrical", "roman": "",
}
# Before or behind the name in the title of a page.
GREETING = frozenset({
    "welcome", "to", "home", "homepage", "about", "us", "contact", "page", "our", "site", "website",
    "logo", "from", "get", "touch", "with", "find", "visit", "main", "menu", "copyright", "rights",
    "all", "reserved", "here", "this", "is", "who", "we", "are",
})
# Names of places that are words, too.
AMBIGUOUS = frozenset({
    "street", "sale", "bath", "reading", "deal", "battle", "march", "ware", "wells", "sandy",
    "hook", "settle", "eye", "ash", "bow", "rye", "diss", "ford", "lee", "hale",
    "holt", "stone", "beer", "bude", "looe", "mold", "flint", "bala", "ham", "oval", "bank",
    "castle", "bridge", "newton", "norton",
    "temple", "angel", "paddock wood", "seal", "hope", "crook", "leek", "nelson",
    "stanley", "washington", "houghton", "hamilton", "gordon", "douglas", "stewart", "barry",
    "ross", "wallace", "hyde", "high street",


    "england", "wales", "scotland", "northern ireland",

})
# fmt: on
