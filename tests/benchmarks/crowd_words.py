"""What the leads of a crowd are called, who works there and what was noted, as SQL over `n`.

Some words are common, as in life: every tenth is dental, every second has a street.
"""

PLACES = (
    "Harbour", "Quay", "Abbey", "Castle", "Mill", "Park", "Bridge", "Station", "Church", "Oak",
    "Riverside", "Victoria", "Albion", "Kingsway", "Queens", "Meadow", "Orchard", "Beacon",
    "Lighthouse", "Priory", "Manor", "Grange", "Willow", "Cedar", "Hawthorn", "Falcon", "Swan",
    "Phoenix", "Crown", "Anchor", "Compass", "Summit", "Valley", "Hillside", "Woodland",
    "Northgate", "Southfield", "Eastbrook", "Westbourne", "Trelawney", "Penrose", "Ravenscroft",
    "Thornbury",
)  # fmt: skip
TRADES = (
    "Dental Practice", "Pharmacy", "Surgery", "Primary School", "Care Home", "Opticians", "Garage",
    "Plumbing and Heating", "Solicitors", "Veterinary Centre",
)  # fmt: skip
SLUGS = (
    "dentist", "pharmacy", "gp_practice", "school", "care_home", "optometry", "", "", "",
    "nhs_other",
)  # fmt: skip
TOWNS = (
    "Leicester", "Truro", "Norwich", "Carlisle", "Leeds", "St Ives", "Newcastle upon Tyne",
    "Bristol", "Swansea", "Inverness", "Aberystwyth", "Exeter", "Plymouth", "Sheffield", "Lincoln",
)  # fmt: skip
AREAS = (
    "LE", "TR", "NR", "CA", "LS", "TR", "NE", "BS", "SA", "IV", "SY", "EX", "PL", "S", "LN",
)  # fmt: skip
STREETS = (
    "High Street", "Station Road", "Church Street", "Mill Lane", "Victoria Street", "The Green",
    "London Road", "Park Avenue",
)  # fmt: skip
FIRSTS = (
    "Jenna", "Oliver", "Amelia", "Mohammed", "Priya", "Siobhán", "Callum", "Zoë", "Gareth", "Anwen",
    "Fatima", "George", "Isla", "Chloe", "Dmitri", "Wei", "Adaeze", "Björn", "Hannah", "Stephen",
)  # fmt: skip
LASTS = (
    "Tregenza", "Smith", "Jones", "Patel", "O’Connor", "Williams", "Taylor", "Khan", "Macdonald",
    "Penhaligon", "Evans", "Wright", "Okafor", "Robinson", "Hughes", "Nguyen", "Ashworth", "Kaur",
    "Featherstone", "Cholmondeley", "Lindqvist", "Baxter", "Hargreaves",
)  # fmt: skip
JOBS = ("Practice Manager", "Owner", "Head Teacher", "Director", "Receptionist", "Buyer")
NOTES = (
    "Wants fibre by Easter.", "Asked for a quote for forty handsets.",
    "Contract with the old supplier ends in March.", "Left a message with the receptionist.",
    "Met at the show in Birmingham; likes the warranty.", "No budget before April.",
    "Cabling of the new wing is planned.",
)  # fmt: skip


def _pick(words: tuple[str, ...], turn: str) -> str:
    """Write the word whose turn it is."""
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"(ARRAY[{listed}])[1 + ({turn}) %% {len(words)}]"


# Mixed, so that no two of them go together always, nor with the score.
MIXED = "(hashint4(n + 77) & 1048575)"
KIND = f"{MIXED} / 64"
TOWN = f"{MIXED} / 1024"
NAME = f"{_pick(PLACES, MIXED)} || ' ' || {_pick(TRADES, KIND)} || ' ' || n"
SORT_KEY = f"lower({_pick(PLACES, MIXED)} || ' ' || {_pick(TRADES, KIND)} || ' ' || n)"

ORGANISATION = {
    "name": NAME,
    "name_key": SORT_KEY,
    "sort_key": SORT_KEY,
    "trade": _pick(SLUGS, KIND),
    "address": f"1 + n %% 200 || ' ' || {_pick(STREETS, MIXED + ' / 7')}",
    "town": _pick(TOWNS, TOWN),
    "postcode": f"{_pick(AREAS, TOWN)} || 1 + n %% 20 || ' ' || n %% 10"
    " || chr(65 + n / 10 %% 26) || chr(65 + n / 260 %% 26)",
    "phone": "'+44' || 1100000000 + n::bigint",
    "company_number": "CASE WHEN n %% 3 = 0 THEN lpad((n + 1000000)::text, 8, '0') ELSE '' END",
    "domain": "CASE WHEN n %% 2 = 0 THEN 'site' || n || '.example' ELSE '' END",
}
_FIRST, _LAST = _pick(FIRSTS, MIXED + " / 3"), _pick(LASTS, MIXED + " / 11")
CONTACT = {
    "name": f"{_FIRST} || ' ' || {_LAST}",
    "email": "'person' || n || '@site' || n || '.example'",
    "job_title": _pick(JOBS, "n"),
    "phone": "''",
    "role": "''",
}
NOTE = _pick(NOTES, MIXED)
