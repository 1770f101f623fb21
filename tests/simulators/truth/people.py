"""Who works, or has worked, for an organisation."""

from dataclasses import dataclass
from functools import lru_cache

from tests.simulators.truth import addresses, days
from tests.simulators.truth.roles import DIRECTORS, STAFF
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.words import GIVEN, SURNAMES, TITLES

SOURCES = ("site", "hunter", "apollo", "clearbit")
# How likely each of them is to have heard of somebody who is there, and who has left.
HEARD = {"site": 0.8, "hunter": 0.7, "apollo": 0.75, "clearbit": 0.5}
HEARD_OF_FORMER = {"site": 0.15, "hunter": 0.5, "apollo": 0.6, "clearbit": 0.3}
NOBODY = 0.06  # the share of organisations whose first person is unknown to a source
FORMER = ((0, 50), (1, 35), (2, 15))


@dataclass(frozen=True, slots=True)
class Someone:
    """One person as they are, whatever others say of them."""

    number: int  # within the organisation
    first: str
    middle: str
    last: str
    title: str
    email: str  # "" when the organisation has no domain
    mobile: str  # "" for most
    since: str
    left: str  # the day they left; "" while they are there
    directs: bool  # the register of companies names them
    known: frozenset[str]  # which sources have heard of them

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


@lru_cache(50_000)
def everyone(one: Organisation) -> tuple[Someone, ...]:
    """Those who are there, then those who have left."""
    draw = Draw("people", one.id, one.name)
    there = [*one.persons, *more(one, draw)]
    gone = [drawn(draw) for _ in range(draw.weighted(FORMER) if one.persons else 0)]
    directors = {at for at, (_, title) in enumerate(there) if title in DIRECTORS} or {0}
    found, taken = [], set[str]()
    for at, (name, title) in enumerate([*there, *gone]):
        if name in taken:
            continue
        taken.add(name)
        left = at >= len(there)
        found.append(made(one, at, name, title, left, at in directors or (left and at % 2 == 0)))
    return tuple(found)


def more(one: Organisation, draw: Draw) -> list[tuple[str, str]]:
    """Staff of those with more than ten employees."""
    if not one.employees or one.employees[0] < 10:
        return []
    return [(drawn(draw)[0], draw.pick(STAFF)) for _ in range(1 + draw.number(5))]


def drawn(draw: Draw) -> tuple[str, str]:
    return f"{draw.pick(GIVEN)} {draw.pick(SURNAMES)}", draw.pick(TITLES)[0]


def made(
    one: Organisation, number: int, name: str, title: str, left: bool, directs: bool
) -> Someone:
    draw = Draw("person", one.id, number, name)
    first, _, last = name.rpartition(" ")
    since = days.drawn(draw, 800, 5_000) if left else days.drawn(draw, 60, 3_600)
    since = max(since, one.incorporated or since)
    until = max(days.drawn(draw, 40, 700), since) if left else ""
    return Someone(
        number,
        first,
        draw.pick(GIVEN) if draw.chance(0.4) else "",
        last,
        title,
        addresses.address(one, first, last),
        f"07700 900{draw.number(1000):03d}" if draw.chance(0.35) else "",
        since,
        until,
        directs,
        heard(number, left, draw),
    )


def heard(number: int, left: bool, draw: Draw) -> frozenset[str]:
    shares = HEARD_OF_FORMER if left else HEARD
    found = set()
    for source, share in shares.items():
        if draw.chance(1 - NOBODY if number == 0 and not left else share):
            found.add(source)
    return frozenset(found)


def current(one: Organisation) -> list[Someone]:
    return [who for who in everyone(one) if not who.left]


def former(one: Organisation) -> list[Someone]:
    return [who for who in everyone(one) if who.left]


def numbered(one: Organisation, number: int) -> Someone | None:
    return next((who for who in everyone(one) if who.number == number), None)
