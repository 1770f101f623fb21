"""Where the outward codes, postcodes and towns of the United Kingdom lie."""

import csv
import gzip
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

BUNDLED = Path(__file__).parents[3] / "crm" / "places" / "bundled"
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
TIDY = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
OUTWARD = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\b", re.IGNORECASE)
LONDON = re.compile(r"(EC|WC|E|N|NW|SE|SW|W)\d")
SCOTLAND = {"AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH"}
SCOTLAND |= {"TD", "ZE"}
ULSTER = {"BT"}
MILES_PER_DEGREE = 69.05
# Cities whose middle cannot be told from their outward codes: latitude, longitude, miles.
CITIES = {
    "London": (51.5115, -0.1160, 12.0),
    "Birmingham": (52.4797, -1.9027, 8.0),
    "Leeds": (53.7974, -1.5438, 7.0),
    "Sheffield": (53.3811, -1.4701, 6.0),
    "Bristol": (51.4545, -2.5879, 6.0),
    "Liverpool": (53.4084, -2.9916, 6.0),
    "Manchester": (53.4794, -2.2453, 7.0),
    "Leicester": (52.6369, -1.1398, 5.0),
    "Nottingham": (52.9548, -1.1581, 5.0),
    "Coventry": (52.4068, -1.5197, 5.0),
    "Cardiff": (51.4816, -3.1791, 5.0),
    "Edinburgh": (55.9533, -3.1883, 6.0),
    "Glasgow": (55.8609, -4.2514, 7.0),
    "Belfast": (54.5973, -5.9301, 6.0),
    "Market Harborough": (52.4780, -0.9200, 3.0),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on the map, and how far what bears its name reaches from there."""

    name: str
    town: str
    latitude: float
    longitude: float
    miles: float


@cache
def outward_codes() -> dict[str, Place]:
    """Outward code to its centre."""
    found = {}
    with gzip.open(BUNDLED / "postcodes.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["postcode"]
            if not OUTWARD.fullmatch(code) or row["latitude"] in ("", "0"):
                continue
            town = "London" if LONDON.match(code) else row["town"] or row["region"]
            lat, lon = float(row["latitude"]), float(row["longitude"])
            found[code] = Place(code, town, lat, lon, 2.0)
    return found


@cache
def leicester() -> dict[str, tuple[float, float]]:
    """The postcodes of the LE area, each with its own spot."""
    with gzip.open(BUNDLED / "le_latlon.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return {postcode: (float(lat), float(lon)) for postcode, lat, lon in rows}


@cache
def towns() -> dict[str, Place]:
    """A town's name in lower case to the middle of its outward codes."""
    codes: dict[str, list[Place]] = defaultdict(list)
    for place in outward_codes().values():
        codes[place.town].append(place)
    found = {}
    for town, places in codes.items():
        lat = sum(place.latitude for place in places) / len(places)
        lon = sum(place.longitude for place in places) / len(places)
        reach = max(miles(lat, lon, place.latitude, place.longitude) for place in places)
        found[town.lower()] = Place(town, town, lat, lon, min(15.0, max(3.0, reach + 1)))
    return found | {name.lower(): Place(name, name, *spot) for name, spot in CITIES.items()}


def miles(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """As the crow flies; flat enough for a county."""
    north = (lat2 - lat) * MILES_PER_DEGREE
    east = (lon2 - lon) * MILES_PER_DEGREE * math.cos(math.radians((lat + lat2) / 2))
    return math.hypot(north, east)


@cache
def spot(postcode: str) -> tuple[float, float] | None:
    """Where a full postcode lies: known exactly around Leicester, else near its outward code."""
    if exact := leicester().get(postcode):
        return exact
    outward = outward_codes().get(postcode.rsplit(" ", 1)[0])
    if outward is None:
        return None
    drawn = crc32(postcode.encode())
    north, east = (drawn & 0xFFFF) / 0x8000 - 1, (drawn >> 16) / 0x8000 - 1
    return (
        round(outward.latitude + north * 0.008, 6),
        round(outward.longitude + east * 0.012, 6),
    )


def tidy_postcode(text: str) -> str:
    """ "le11aa" as "LE1 1AA"; "" when it is none."""
    if TIDY.fullmatch(text):
        return text
    found = POSTCODE.search(text.upper().strip())
    return f"{found[1]} {found[2]}" if found else ""


def place(text: str) -> Place | None:
    """The place a text names: a postcode, an outward code or a town."""
    return next(places_in(text), None)


def places_in(text: str) -> Iterator[Place]:
    """All places a text names, the most exact kind first."""
    rest = text
    for found in POSTCODE.finditer(text):
        postcode = tidy_postcode(found[0])
        if at := spot(postcode):
            code = outward_codes()[postcode.rsplit(" ", 1)[0]]
            rest = rest.replace(found[0], " ")
            yield Place(postcode, code.town, *at, 1.0)
    for found in OUTWARD.finditer(rest):
        if code := outward_codes().get(found[0].upper()):
            yield code
    yield from _towns_in(rest)


def _towns_in(text: str) -> Iterator[Place]:
    """Towns, written with a capital or alone, the longest name first at each word."""
    words = re.findall(r"[\w'’-]+", text)
    known, at = towns(), 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            name = " ".join(words[at : at + length]).lower()
            capital = words[at][:1].isupper() or len(words) <= 4
            if capital and name in known and at + length <= len(words):
                yield known[name]
                at += length - 1
                break
        at += 1


def area(postcode: str) -> str:
    """The letters a postcode begins with."""
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


@cache
def by_area() -> dict[str, list[Place]]:
    """The outward codes of each postcode area."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in outward_codes().values():
        found[area(place.name)].append(place)
    return found
