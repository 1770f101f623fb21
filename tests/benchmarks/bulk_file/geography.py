"""Where companies are registered: by real density, a third of them in London, many at one door."""

import csv
import gzip
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from crm import places
from tests.benchmarks.bulk_file.columns import quoted
from tests.benchmarks.bulk_file.identity import ABROAD, ENGLAND, FORMS, SCOTLAND, ULSTER
from tests.benchmarks.bulk_file.real import real

BUNDLED = Path(places.__file__).parent / "bundled"
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
# Postcodes of an outward code; the earlier in its list, the more stand there.
MOST_INWARDS = 600
LONDONS_SHARE = 1 / 3
POSTAL_LONDON = {"E", "EC", "N", "NW", "SE", "SW", "W", "WC"}
# How much more of business a district has than its schools and surgeries tell.
BUSY = {"EC": 9, "WC": 9, "W1": 9, "SW1": 5, "SE1": 4, "E1": 3, "N1": 3, "NW1": 3}
# Where tens of thousands are registered by their founders' agents; shares of a thousand.
AGENTS = (
    (20.0, "71-75 SHELTON STREET", "COVENT GARDEN", "LONDON", "WC2H 9JQ"),
    (18.0, "128 CITY ROAD", "", "LONDON", "EC1V 2NX"),
    (5.0, "KEMP HOUSE 160 CITY ROAD", "", "LONDON", "EC1V 2NX"),
    (11.0, "20-22 WENLOCK ROAD", "", "LONDON", "N1 7GU"),
    (10.5, "27 OLD GLOUCESTER STREET", "", "LONDON", "WC1N 3AX"),
    (10.0, "167-169 GREAT PORTLAND STREET", "5TH FLOOR", "LONDON", "W1W 5PF"),
    (9.5, "86-90 PAUL STREET", "", "LONDON", "EC2A 4NE"),
    (9.0, "85 GREAT PORTLAND STREET", "FIRST FLOOR", "LONDON", "W1W 7LT"),
    (7.0, "7 BELL YARD", "", "LONDON", "WC2A 2JR"),
    (6.0, "4385 DEFAULT ADDRESS", "", "CARDIFF", "CF14 8LH"),
    (4.0, "61 BRIDGE STREET", "", "KINGTON", "HR5 3DJ"),
    (4.0, "UNIT A 82 JAMES CARTER ROAD", "", "MILDENHALL", "IP28 7DE"),
)
FOREIGN = (
    ("PO BOX 309", "UGLAND HOUSE", "GEORGE TOWN", "CAYMAN ISLANDS", "KY1-1104"),
    ("CRAIGMUIR CHAMBERS", "ROAD TOWN", "TORTOLA", "VIRGIN ISLANDS, BRITISH", "VG1110"),
    ("1209 ORANGE STREET", "WILMINGTON", "DELAWARE", "UNITED STATES", "19801"),
    ("44 ESPLANADE", "ST HELIER", "", "JERSEY", "JE4 9WG"),
    ("UL. MARSZAŁKOWSKA 1", "", "WARSZAWA", "POLAND", "00-624"),
    ("5 RUE GUILLAUME KROLL", "", "LUXEMBOURG", "LUXEMBOURG", "L-1882"),
    ("LEVEL 54 HOPEWELL CENTRE", "183 QUEEN'S ROAD EAST", "WAN CHAI", "HONG KONG", ""),
)
# Of a thousand: where the register knows no address, or part of one only.
WITHOUT_POSTCODE = 6


class Area(NamedTuple):
    """An outward code as an address prints it."""

    outward: str
    town: str
    county: str
    country: str
    inwards: tuple[str, ...]


class Choice(NamedTuple):
    """The areas of a nation, and how far the weights reach up to each."""

    areas: list[Area]
    reach: list[float]


@cache
def choices() -> dict[str, Choice]:
    """Weigh the outward codes of each nation."""
    areas, weights, london = [], [], set()
    full = _full_postcodes()
    seen = real().outwards
    for row in _rows("postcodes.csv.gz"):
        if row["uk_region"] == "Crown Dependencies" or not float(row["latitude"] or 0):
            continue
        code = row["postcode"]
        areas.append(_area(row, full.get(code)))
        weights.append((seen[code] + 0.3) * _business(code))
        if row["uk_region"] == "London":
            london.add(len(areas) - 1)
    found = {}
    for nation in (ENGLAND, SCOTLAND, ULSTER):
        of = [n for n, area in enumerate(areas) if _nation(area) == nation]
        if nation == ENGLAND:
            _make_room(weights, london, of)
        reach = list(accumulate(weights[n] for n in of))
        found[nation] = Choice([areas[n] for n in of], reach)
    return found


def _make_room(weights: list[float], london: set[int], english: list[int]) -> None:
    """Of all companies London has its share: part of it at the agents', the rest by density."""
    elsewhere = sum(form.share for form in FORMS if form.nation != ENGLAND) / 1000
    agents = sum(share for share, *_ in AGENTS) / 1000
    of_them = sum(share for share, *_, town, _ in AGENTS if town == "LONDON") / 1000
    wanted = (LONDONS_SHARE / (1 - elsewhere) - of_them) / (1 - agents)
    inside = sum(weights[n] for n in london)
    outside = sum(weights[n] for n in english) - inside
    for n in london:
        weights[n] *= wanted / (1 - wanted) * outside / inside


def _business(code: str) -> float:
    return next((times for start, times in BUSY.items() if _is_of(code, start)), 1)


def _is_of(code: str, start: str) -> bool:
    """W1 is also W1W, but neither W10 nor WC1."""
    rest = code.removeprefix(start)
    return code.startswith(start) and (not rest[:1].isdigit() or start.isalpha())


def _nation(area: Area) -> str:
    return {"SCOTLAND": SCOTLAND, "NORTHERN IRELAND": ULSTER}.get(area.country, ENGLAND)


def _area(row: dict[str, str], known: list[str] | None) -> Area:
    code, country = row["postcode"], row["country_string"].upper()
    letters = "".join(sign for sign in code[:2] if sign.isalpha())
    is_london = letters in POSTAL_LONDON
    town = "LONDON" if is_london else (row["town"] or row["region"]).upper()
    county = "" if is_london else row["region"].upper()
    return Area(code, town, "" if county == town else county, country, _inwards(code, known))


def _inwards(code: str, known: list[str] | None) -> tuple[str, ...]:
    """Second halves: the real ones where we have them."""
    chance = Random(code)
    if known:
        return tuple(chance.sample(known, len(known)))
    digits = [chance.randrange(10) for _ in range(MOST_INWARDS)]
    made = (f"{digit}{chance.choice(LETTERS)}{chance.choice(LETTERS)}" for digit in digits)
    return tuple(dict.fromkeys(made))


def _full_postcodes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in _rows("le_latlon.csv.gz"):
        outward, inward = row["postcode"].split()
        found.setdefault(outward, []).append(inward)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with gzip.open(BUNDLED / name, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Addresses:
    """Addresses as eight columns, one after the other, for as many companies as asked for."""

    def __init__(self, chance: Random, most: int) -> None:
        self.chance = chance
        english = choices()[ENGLAND]
        self.english = iter(chance.choices(english.areas, cum_weights=english.reach, k=most))
        doors = list(accumulate(share for share, *_ in AGENTS))
        self.at_agents = doors[-1] / 1000
        self.agents = iter(
            chance.choices(_doors(), cum_weights=doors, k=round(most * self.at_agents * 2) + 9)
        )
        self.streets = iter(chance.choices(real().streets, k=most))

    def next(self, nation: str) -> str:
        """The address of one company."""
        how = self.chance.random()
        if nation == ABROAD:
            line, second, town, country, postcode = FOREIGN[int(how * len(FOREIGN))]
            return quoted("", "", line, second, town, "", country, postcode)
        if nation == ENGLAND:
            area = next(self.english)
            if how < self.at_agents and (door := next(self.agents, None)):
                return door
        else:
            known = choices()[nation]
            area = self.chance.choices(known.areas, cum_weights=known.reach)[0]
        return self._within(area, how, next(self.streets))

    def _within(self, area: Area, how: float, street: str) -> str:
        chance = self.chance.random()
        house = 1 + int(chance * chance * 250)
        inward = area.inwards[int(len(area.inwards) * (chance * 97 % 1) ** 2)]
        postcode = f"{area.outward} {inward}"
        country = area.country if how > 0.6 else "UNITED KINGDOM" if how > 0.4 else ""
        if how > 1 - WITHOUT_POSTCODE / 1000:
            postcode = ""
        care_of, line, second = "", f"{house} {street}", ""
        if chance < 0.12:
            line, second = f"UNIT {1 + house % 40} {street.split()[0]} BUSINESS PARK", street
        elif chance < 0.2:
            line, second = f"FLAT {house}", f"{1 + house % 90} {street}"
        elif chance < 0.24:
            line, second = f"{street.split()[0]} HOUSE", line
        elif chance > 0.97:
            care_of = f"{street.split()[0]} & CO ACCOUNTANTS"
        return (
            f'"{care_of}","","{line}","{second}","{area.town}","{area.county}","{country}",'
            f'"{postcode}"'
        )


@cache
def _doors() -> list[str]:
    return [
        quoted("", "", line, second, town, "", "UNITED KINGDOM", postcode)
        for _, line, second, town, postcode in AGENTS
    ]
