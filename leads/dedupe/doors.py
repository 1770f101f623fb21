"""An address taken apart: house number, street, building, town, postcode."""

import re
from functools import lru_cache
from typing import NamedTuple

from crm.places import postcode as postcodes
from crm.registers.addresses import COUNTIES
from leads.dedupe import spelling

POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
# "12", "12a", "12-14", "12/14", "12 & 14", at the head of a street's name.
NUMBERED = re.compile(
    r"(?:\bno\.?\s*)?\b(\d+)\s?([a-z]?)(?:\s*(?:-|/|&|to|and)\s*(\d+)\s?[a-z]?)?\s*,?\s+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
WITHIN = re.compile(
    r"^\s*(?:unit|suite|flat|floor|room|block|shop|office|level|ward|plot|bay|(?:\d+\w{0,2}|ground"
    r"|first|second|third|fourth|top|lower|upper)\s+fl(?:oo)?r\b)\s*",
    re.IGNORECASE,
)
NEAR = re.compile(r"^(?:nr|near)\b ?")
# fmt: off
STREETS = frozenset({
    "road", "st", "lane", "avenue", "way", "dr", "close", "court", "place", "square",
    "terrace", "crescent", "gardens", "grove", "hill", "row", "walk", "mews", "parade",
    "green", "broadway", "rise", "street", "heol", "stryd", "ffordd", "gate", "quay", "wharf",
    "mall", "circus", "embankment", "boulevard", "drove", "view", "yard", "promenade",
})
# fmt: on


class Door(NamedTuple):
    """Each part as words in one spelling; "" where the address does not say."""

    house: str = ""
    street: str = ""
    building: str = ""
    town: str = ""
    postcode: str = ""


@lru_cache(maxsize=20_000)
def door(address: str, town: str = "", postcode: str = "") -> Door:
    """Take an address apart; what stands in columns of its own is given, too."""
    if not postcode:
        address, postcode = _without_postcode(address)
    parts = [part for part in (each.strip() for each in address.split(",")) if part]
    spelt = [" ".join(spelling.words(part)) for part in parts]
    while spelt and (spelt[-1] in COUNTIES or spelt[-1].endswith("shire")) and len(spelt) > 1:
        spelt.pop()
    place = " ".join(spelling.words(town)) if town else _town(spelt)
    house, street, at = _street(parts[: len(spelt)], spelt)
    is_building = bool(spelt) and at != 0 and spelt[0] != place and not WITHIN.match(parts[0])
    return Door(house, street, spelt[0] if is_building else "", place, postcode)


def _without_postcode(address: str) -> tuple[str, str]:
    found = list(POSTCODE.finditer(address))
    if not found:
        return address, ""
    last = found[-1]
    try:
        text = postcodes.parse(last.group()).text
    except postcodes.NotAPostcode:
        return address, ""
    return address[: last.start()] + address[last.end() :], text


def _town(spelt: list[str]) -> str:
    if len(spelt) < 2 or any(sign.isdigit() for sign in spelt[-1]):
        return ""
    return "" if spelt[-1].rpartition(" ")[2] in STREETS else NEAR.sub("", spelt[-1])


def _street(parts: list[str], spelt: list[str]) -> tuple[str, str, int]:
    """House number, street, and which part they are: a numbered one before one without."""
    bare = ("", "", -1)
    for at, part in enumerate(parts):
        is_street = spelt[at].rpartition(" ")[2] in STREETS
        if found := NUMBERED.search(WITHIN.sub("", part)):
            rest = WITHIN.sub("", part)[found.end() :]
            street = " ".join(spelling.words(rest))
            if street:
                house = f"{int(found[1])}{found[2].lower()}"
                return f"{house}-{int(found[3])}" if found[3] else house, street, at
        if is_street and bare[2] < 0 and len(spelt[at].split()) > 1:
            bare = ("", spelt[at], at)
    return bare
