"""Companies that stand in no bundled register: what live sources are for."""

from collections.abc import Iterable, Iterator
from functools import cache
from zlib import crc32

from tests.simulators.world import geography
from tests.simulators.world.draw import Draw
from tests.simulators.world.entries import Entry
from tests.simulators.world.words import (
    ABSTRACT,
    ESTATES,
    FIRST,
    SECOND,
    STREETS,
    SURNAMES,
    suffixes,
)

IT = (
    ("it-support", 38),
    ("it-consultancy", 22),
    ("software", 24),
    ("cyber-security", 8),
    ("hosting", 8),
)
OTHERS = (
    ("metalwork", 9), ("machinery", 6), ("plastics", 4), ("furniture", 5), ("electronics", 4),
    ("textiles", 3), ("food-maker", 3), ("printer", 4), ("shop", 12), ("online-shop", 6),
    ("accountant", 7), ("solicitor", 4), ("estate-agent", 4), ("recruiter", 4), ("architect", 2),
    ("marketing", 5), ("consultancy", 5), ("insurance", 3), ("builder", 6), ("plumber", 4),
    ("electrician", 4), ("cleaner", 3), ("haulier", 4), ("gym", 2), ("hairdresser", 5),
)  # fmt: skip
# (latitude, longitude, miles, IT companies and others for each entry of a register there)
CROWDED = (
    (52.6323, -1.1249, 15, 0.62, 0.40),
    (53.4773, -2.2351, 25, 0.10, 0.16),
    (51.5133, -0.1036, 4, 0.60, 0.45),
    (51.5133, -0.1036, 14, 0.10, 0.15),
    (53.7967, -1.5475, 10, 0.20, 0.20),
    (52.4797, -1.9027, 10, 0.18, 0.20),
)
ELSEWHERE = (0.045, 0.13)
YOUNG = 0.15


def companies(entries: Iterable[Entry], seed: int) -> Iterator[Entry]:
    """Companies at the postcodes of the registers: where many others are, many are."""
    taken: set[str] = set()
    for at, entry in enumerate(entries):
        shares = crowd(entry.postcode.rsplit(" ", 1)[0])
        for kinds, share in zip((IT, OTHERS), shares, strict=True):
            if crc32(f"{seed}{kinds[0][0]}{at}{entry.postcode}".encode()) < share * 0xFFFFFFFF:
                yield company(kinds, entry.postcode, Draw(seed, kinds[0][0], at), taken)


@cache
def crowd(outward: str) -> tuple[float, float]:
    """How many companies there are of IT and of other trades for each entry of a register."""
    place = geography.outward_codes().get(outward)
    if place is None:
        return 0.0, 0.0
    for lat, lon, miles, it, others in CROWDED:
        if geography.miles(lat, lon, place.latitude, place.longitude) <= miles:
            return it, others
    return ELSEWHERE


def company(
    kinds: tuple[tuple[str, int], ...], postcode: str, draw: Draw, taken: set[str]
) -> Entry:
    trade = draw.weighted(kinds)
    place = geography.outward_codes()[postcode.rsplit(" ", 1)[0]]
    name = free_name(trade, place.town, draw, taken)
    young = draw.chance(YOUNG) and geography.area(postcode) not in (
        geography.SCOTLAND | geography.ULSTER
    )
    text = f"{premises(draw)}, {place.town}"
    return Entry(name, text, postcode, trade, bundled=False, young=young)


def free_name(trade: str, town: str, draw: Draw, taken: set[str]) -> str:
    """A name that no other derived company has."""
    for _ in range(8):
        name = made_up_name(trade, town, draw)
        if name.lower() not in taken:
            break
    else:
        name = f"{draw.pick(SURNAMES)} {draw.pick(SURNAMES)} {draw.pick(ABSTRACT)} {name}"
    taken.add(name.lower())
    return name


def made_up_name(trade: str, town: str, draw: Draw) -> str:
    suffix = draw.pick(suffixes(trade))
    form = draw.number(100)
    if form < 55:
        return f"{draw.pick(FIRST)}{draw.pick(SECOND)} {suffix}"
    if form < 75:
        return f"{draw.pick(ABSTRACT)} {suffix}"
    if form < 85:
        return f"{draw.pick(SURNAMES)} {suffix}"
    if form < 90:
        return f"{draw.pick(SURNAMES)} & {draw.pick(SURNAMES)} {suffix.removeprefix('& ')}"
    if form < 95:
        letters = "".join(draw.pick("ABCDEFGHJKLMNPRSTVW") for _ in range(3))
        return f"{letters} {suffix}"
    return f"{town} {suffix}"


def premises(draw: Draw) -> str:
    number = 1 + draw.number(140)
    form = draw.number(100)
    if form < 45:
        return f"{number} {draw.pick(STREETS)}"
    if form < 85:
        return f"Unit {1 + number % 24}, {draw.pick(ESTATES)}"
    return f"{draw.pick(('First', 'Second', 'Third'))} Floor, {number} {draw.pick(STREETS)}"
