"""Fifty searches as people type them: names, people, towns, numbers, typos and common words."""

SEARCHES = (
    # Common words: up to every second lead has them.
    "dental", "street", "the", "high street", "practice", "school", "surgery", "london road",
    "example", "care home",
    # Names, whole and begun.
    "harbour dental", "penrose pharmacy", "lighthouse care home", "tre", "ravenscroft solicitors",
    "castle veterinary centre", "Albion Garage", "QUAY OPTICIANS", "westbourne primary school",
    "Phoenix Plumbing and Heating",
    # One lead: a name's number, a telephone, an address, a postcode, a company number.
    "harbour 120017", "01100120017", "+441100120017", "person120018@site120018.example",
    "site120018.example", "LE12 7AB", "tr14 3", "01120017", "orchard le9", "TR261",
    # People.
    "jenna tregenza", "tregenza", "siobhan", "Zoë Featherstone", "o'connor", "björn lindqvist",
    "wei nguyen", "cholmondeley", "practice manager", "head teacher truro",
    # Towns, trades and notes.
    "truro", "newcastle upon tyne", "pharmacy st ives", "gp practice leeds", "aberystwyth dentist",
    "fibre easter", "warranty",
    # Typos.
    "tregensa", "ravenscrof solicitor", "penhaligan abbery",
)  # fmt: skip
