"""Whether an applicant or agent is a company: of a private person nothing may be stored."""

import re
from collections.abc import Sequence

from campaigns.planning.forenames import FORENAMES
from campaigns.planning.signs import (
    BESIDE,
    INITIALS,
    LEGAL,
    NAMES,
    NOBODYS,
    RARE_NAMES,
    TRADING,
)
from crm.registers.names import unaccented

AND_OTHERS = re.compile(r"(?:&|\+|\band)\s*(?:co|company|sons)\b", re.IGNORECASE)
# “School Lane” is where somebody lives, and so is “The Old Brewery” if it stands beside a person.
STREET = re.compile(
    r"\b[\w'’]+\s+(?=(?:avenue|close|court|crescent|drive|gardens|lane|road|row|street|terrace|walk"
    r"|way|yard)\b|(?:ave|rd|st)\W*$)",
    re.IGNORECASE,
)
HOME = re.compile(
    r"^\W*(?:\d|the\s+old\b)|\b(?:barn|bungalow|cottages?|farm|farmhouse|flat|grange|hall|hill|house"
    r"|lodge|manor|meadow|mill|view|villas?)\W*$",
    re.IGNORECASE,
)
# What a person has left.
LATE = re.compile(r"\bestate of\b|\bthe late\b", re.IGNORECASE)
TITLE = re.compile(
    r"^\W*(?:mr|mrs|ms|miss|mx|messrs|dr|doctor|prof|professor|sir|dame|lady|lord|rev|revd"
    r"|reverend|cllr|councillor|master)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[,;/()|\n]|\s[-–]\s|\bc/o\b|\bon behalf of\b|\bobo\b|\bfao\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# Not as a part of a double name.
ALONE = re.compile(r"(?<![\w‐‑–-])[^\W\d_]+(?![\w‐‑–-])")
# “Parish Church” and “Care Homes”, but “Church House” is an address, and Charity Church a person.
TWICE = re.compile(
    rf"\b(?:{'|'.join((NAMES | RARE_NAMES) - {'charity'})})"
    rf"\s+(?:{'|'.join((NAMES | RARE_NAMES) - {'house'})})\b",
    re.IGNORECASE,
)
# “St Mary's Church”, “The Bank” and “24 Care”.
NO_PERSON = re.compile(
    r"^\W*(?:the(?!\s+(?:old|executors?|hon|honourable|lady|lord|misses|rev|revd|reverend|right|rt)\b)"
    r"|st|saint|\d\w*\s+(?:care|homes))\b|\w['’]s\b",
    re.IGNORECASE,
)
# “Savills (UK) Ltd” is one name.
INSIDE = re.compile(rf"\(([^()]*)\)(?=\s*(?:{'|'.join(LEGAL)})\b)", re.IGNORECASE)
MOST = 200


def company(said: str) -> str:
    """Give the company that is named; "" where nobody is, or a private person."""
    whole = " ".join(said.replace("\x00", "").split())[:MOST].strip(" ,.;-")
    parts = [part.strip(" ,.;-") for part in BETWEEN.split(INSIDE.sub(r"\1", whole))]
    parts = [part for part in parts if part]
    # “Mr J Smith, Smith Homes Ltd” and “Jo Smith (Smith Homes Ltd)”, but “Hill, Dale & Co Ltd”.
    if len(parts) > 1 and (_is_person(parts[0]) or _is_turned(whole, parts[1])):
        return next((each for each in parts[1:] if _is_beside_person(each)), "")
    return whole if _is_company(whole) else ""


def _is_turned(name: str, after: str) -> bool:
    """Whether the surname comes first: “Smith, John”."""
    is_one_word = "," in name and len(WORD.findall(name.partition(",")[0])) == 1
    return is_one_word and all(map(_may_be_forename, _words(after)))


def _is_beside_person(name: str) -> bool:
    """Whether it is a company, and not where that person lives."""
    is_legal = bool(set(_words(name)[1:]) & LEGAL)
    return is_legal or (_is_company(name) and not HOME.search(name))


def _is_company(name: str) -> bool:
    if TITLE.match(name) or LATE.search(name):
        return False
    name = STREET.sub("", name)
    words = _words(name)
    if set(words[1:]) & LEGAL or set(words) & TRADING or AND_OTHERS.search(name):
        return True
    alone = {word.casefold() for word in ALONE.findall(name)}
    named = alone & (INITIALS | NAMES | RARE_NAMES)
    return bool(named) and _is_more_than_named(name, named)


def _is_more_than_named(name: str, named: set[str]) -> bool:
    """Whether something besides a word that people are called says that it is no person."""
    rest = set(_words(name)) - named
    if rest & NOBODYS or TWICE.search(name):
        return True
    if "house" in named:
        return False
    if NO_PERSON.search(name):
        return True
    return named <= RARE_NAMES and not all(map(_may_be_forename, rest))


def _may_be_forename(word: str) -> bool:
    """Whether it may be a forename, initials, or what stands beside them."""
    return len(word) <= 2 or word in BESIDE or unaccented(word) in FORENAMES


def _is_person(name: str) -> bool:
    return bool(TITLE.match(name)) or (len(name.split()) > 1 and not _is_company(name))


def _words(name: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(name)]


def first(names: Sequence[str]) -> str:
    """Give the first company among these."""
    return next(filter(None, map(company, names)), "")
