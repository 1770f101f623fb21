"""Names of companies: real beginnings and middles, in every mixture, none of them twice."""

import re
from collections import Counter
from functools import cache
from itertools import accumulate, product
from random import Random
from string import ascii_uppercase
from typing import NamedTuple

from tests.benchmarks.bulk_file.real import real

WORD = re.compile(r"[A-Z0-9&'.\-À-Ž]+")
LEGAL = {"LIMITED", "LTD", "LTD.", "PLC", "LLP", "CIC", "&", "AND", "OF", "-", "THE", "T/A"}
# What companies call themselves, and schools and surgeries do not.
ENDINGS = (
    "PROPERTIES", "SERVICES", "SOLUTIONS", "CONSULTING", "HOLDINGS", "DEVELOPMENTS", "MANAGEMENT",
    "GROUP", "TRADING", "INVESTMENTS", "CONSTRUCTION", "ENGINEERING", "TRANSPORT", "LOGISTICS",
    "DESIGN", "MEDIA", "ESTATES", "BUILDERS", "PROPERTY", "ELECTRICAL", "PLUMBING", "HOMES",
    "CAPITAL", "VENTURES", "ENTERPRISES", "TECHNOLOGY", "DIGITAL", "SYSTEMS", "SOFTWARE",
    "LETTINGS", "CATERING", "FOODS", "CLEANING", "SECURITY", "MOTORS", "INTERIORS", "FINANCE",
    "MARKETING", "RECRUITMENT", "CARE", "STUDIOS", "PARTNERS", "INTERNATIONAL", "GLOBAL",
    "ASSOCIATES", "CONTRACTORS", "COMMUNICATIONS", "PRODUCTIONS", "RETAIL", "FITNESS", "BEAUTY",
    "TRAINING", "ACADEMY", "SUPPLIES", "PROJECTS", "HAULAGE", "ROOFING", "FARMS",
)  # fmt: skip
ODD = (
    "!", '"K"', '"THE HUB"', "#ONE", "@HOME", "£1", "1ST", "24/7", "A.", "O'NEILL", "O’BRIEN",
    "ÉCOLE", "ÅNGSTRÖM", "ŁÓDŹ", "ŶNYS", "TŶ", "ТРОЙКА", "ΩMEGA", "Ñ", "ZÜRICH", *ascii_uppercase,
)  # fmt: skip
# Parts of a hundred; the rest begin as real names do.
INITIALS, PAIRS, ODDITIES = 8.0, 1.5, 0.5
CODAS = ("(UK)", "(LONDON)", "(HOLDINGS)", "(2020)", "(NORTHERN)", "2", "ONE", "& SONS", "& CO.")


class Share(NamedTuple):
    """All companies whose names begin with one word: numbers `start` to `start + count`."""

    first: str
    start: int
    count: int


class Vocabulary(NamedTuple):
    """First words in the order of a file with their weights, and words for the middle."""

    firsts: list[str]
    weights: list[float]
    middles: list[str]
    often: list[int]


@cache
def vocabulary() -> Vocabulary:
    """Count the words of the real names."""
    beginnings, middles = Counter[str](), Counter[str]()
    for name in real().names:
        words = WORD.findall(name)
        length = 2 if words[:1] == ["THE"] else 1
        if len(words) >= length and not LEGAL.intersection(words[length - 1 : length]):
            beginnings[" ".join(words[:length])] += 1
        middles.update(word for word in words[1:] if word not in LEGAL)
    weights = _weights(beginnings)
    firsts = sorted(weights)
    ordered = sorted(middles)
    often = list(accumulate(round(middles[word] ** 0.75 * 10) for word in ordered))
    return Vocabulary(firsts, [weights[first] for first in firsts], ordered, often)


def _weights(beginnings: Counter[str]) -> dict[str, float]:
    """Flatten them somewhat: half of all schools are called after saints, and companies are not."""
    flat = {first: count**0.75 for first, count in beginnings.items()}
    unit = sum(flat.values()) / (100 - INITIALS - PAIRS - ODDITIES)
    threes = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)]
    twos = ["".join(letters) for letters in product(ascii_uppercase, repeat=2)]
    for part, words in ((INITIALS, threes), (PAIRS, twos), (ODDITIES, ODD)):
        for word in words:
            flat[word] = flat.get(word, 0) + unit * part / len(words)
    return flat


def shares(rows: int) -> list[Share]:
    """Who begins with what, in the order of the file."""
    known = vocabulary()
    whole, seen, start, found = sum(known.weights), 0.0, 0, []
    for first, weight in zip(known.firsts, known.weights, strict=True):
        seen += weight
        end = min(rows, round(seen / whole * rows))
        if end > start:
            found.append(Share(first, start, end - start))
        start = end
    return found


def bodies(share: Share) -> list[str]:
    """Names without the legal form, as many as asked for, each only once."""
    chance, known = Random(share.first), vocabulary()
    found: dict[str, None] = {}
    while len(found) < share.count:
        lack = share.count - len(found)
        middles = chance.choices(known.middles, cum_weights=known.often, k=lack)
        endings = chance.choices(ENDINGS, k=lack)
        for middle, ending in zip(middles, endings, strict=True):
            found[_body(share.first, middle, ending, chance.random())] = None
    return list(found)


def _body(first: str, middle: str, ending: str, how: float) -> str:
    if how < 0.35:
        return f"{first} {middle} {ending}"
    if how < 0.6:
        return f"{first} {ending}"
    if how < 0.75:
        return f"{first} {middle}"
    if how < 0.85:
        return f"{first} & {middle} {ending}"
    if how < 0.93:
        return first
    if how < 0.99:
        return f"{first} {middle} {CODAS[int(how * 1000) % len(CODAS)]}"
    return f'{first}, {middle} & "{ending}"'
