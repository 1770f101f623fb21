"""Open entries of given trades around a place: the nearest first, and how many there are.

A circle in London holds a million entries. So nobody sorts or counts all of it: the nearest are
looked for in rings from the middle outwards, and counting stops at what a page would say.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import FloatField
from django.db.models.expressions import RawSQL

from crm.places.distance import EARTH_RADIUS_MILES
from crm.places.locate import Place
from crm.registers import grid
from crm.registers.models import RegisterEntry

# An outward code's centre is off by five miles at the 95th percentile.
OUTWARD_ERROR_MILES = 5.0
# The first ring in miles; the next ones have at least its area. In the City of London a mile around
# holds two hundred thousand companies.
FIRST_RING = 0.25
INSIDE, EDGE = "inside", "edge"

# The same sum in the same order wherever a distance is asked for: a walk goes on behind exactly
# the distance at which it stopped.
MILES = f"""({2 * EARTH_RADIUS_MILES!r}::float8 * asin(least(1.0, sqrt(
    power(sin(radians(s.latitude - %(latitude)s::float8) / 2.0), 2)
    + cos(radians(%(latitude)s::float8)) * cos(radians(s.latitude))
    * power(sin(radians(s.longitude - %(longitude)s::float8) / 2.0), 2)))))"""
# An entry of two trades counts by the first of those that are asked for.
SPOTS = f"""
    SELECT s.entry_id, s.is_vague, {MILES} AS miles
    FROM unnest(%(trades)s::text[]) AS wanted(trade),
        unnest(%(first)s::integer[], %(last)s::integer[]) AS run(first, last),
        LATERAL (
            SELECT * FROM registers_spot
            WHERE trade = wanted.trade COLLATE "C" AND cell BETWEEN run.first AND run.last
            OFFSET 0
        ) s
    WHERE (s.earlier IS NULL OR NOT s.earlier::text[] && %(trades)s::text[])
"""
IN = "miles <= CASE WHEN is_vague THEN %(vague)s ELSE %(sure)s END"
# A distance is reckoned once, whatever is asked of it ("OFFSET 0").
RING = f"""
    SELECT entry_id, is_vague, miles FROM ({{spots}} OFFSET 0) found
    WHERE miles >= %(low)s AND miles < %(high)s AND {IN}
    AND (miles, entry_id) > (%(after_miles)s::float8, %(after_id)s::bigint)
    ORDER BY miles, entry_id LIMIT %(most)s
"""
COUNT = f"""
    SELECT count(*)
    FROM (SELECT FROM ({{spots}} OFFSET 0) found WHERE {IN} LIMIT %(most)s) counted
"""


class Sought(NamedTuple):
    """What is looked for: a statement like `SPOTS`, and what it asks beside the runs of cells."""

    spots: str
    asked: dict[str, Any]


Wanted = Collection[str] | Sought


class Step(NamedTuple):
    """How far a walk has come: the order is by miles, then by the entry's id."""

    miles: float
    entry_id: int


START = Step(-1.0, 0)


@dataclass(frozen=True)
class Circle:
    """So many miles around a place.

    `vague_miles`: how far out an entry counts of which only the outward code is known; None for as
    far as its true place may still lie inside.
    """

    place: Place
    miles: float
    vague_miles: float | None = None

    @property
    def vague_reach(self) -> float:
        """How far out an entry counts that is known to its outward code only."""
        far = self.miles + OUTWARD_ERROR_MILES
        return far if self.vague_miles is None else self.vague_miles

    @property
    def reach(self) -> float:
        """How far out anything may count."""
        return max(self.miles, self.vague_reach)

    def standing(self, miles: float, *, is_vague: bool) -> str:
        """Whether what lies there is surely inside, or at the edge: inside or not."""
        return EDGE if is_vague and miles > self.miles - OUTWARD_ERROR_MILES else INSIDE


class Found(NamedTuple):
    """An entry that was found, not yet read."""

    entry_id: int
    is_vague: bool
    miles: float


def first(wanted: Wanted, place: Place, miles: float, most: int = 10) -> list[RegisterEntry]:
    """Give the nearest entries within so many miles, with their `miles` and `standing`."""
    return walk(wanted, Circle(place, miles, vague_miles=miles), most=most)


def count(wanted: Wanted, place: Place, miles: float, most: int = 10_000) -> int:
    """Count the entries within so many miles; `most` + 1 where there are more than that."""
    return counted(wanted, Circle(place, miles, vague_miles=miles), most)


def counted(wanted: Wanted, circle: Circle, most: int) -> int:
    """Count what a circle takes, as far as `most` + 1."""
    with connection.cursor() as cursor:
        given = _asked(wanted, circle, (0.0, circle.reach)) | {"most": most + 1}
        cursor.execute(COUNT.format(spots=sought(wanted).spots), given)
        return int(cursor.fetchone()[0])


def walk(
    wanted: Wanted, circle: Circle, *, after: Step = START, most: int = 20
) -> list[RegisterEntry]:
    """Give the next entries behind a step, the nearest first; fewer than `most` are the last."""
    return _read(steps(wanted, circle, after=after, most=most), circle)


def steps(wanted: Wanted, circle: Circle, *, after: Step = START, most: int = 20) -> list[Found]:
    """Do what `walk` does without reading the entries themselves."""
    found: list[Found] = []
    low, area = max(after.miles, 0.0), FIRST_RING**2
    while len(found) < most and low <= circle.reach:
        high = sqrt(low * low + area)
        ring = _ring(wanted, circle, (low, high), after, most - len(found))
        found += ring
        low, area = high, area * (2 if ring else 4)
    return found


def miles_from(place: Place) -> RawSQL:
    """Give how far entries lie from a place, for a query of entries to filter and order by."""
    statement = MILES.replace("s.l", f"{RegisterEntry._meta.db_table}.l")
    # In the order in which the sum names them.
    given = [place.latitude, place.latitude, place.longitude]
    return RawSQL(statement % {"latitude": "%s", "longitude": "%s"}, given, FloatField())


def _ring(
    wanted: Wanted,
    circle: Circle,
    between: tuple[float, float],
    after: Step,
    most: int,
) -> list[Found]:
    low, high = between
    given = _asked(wanted, circle, (low, min(high, circle.reach))) | {
        "low": low,
        "high": high,
        "after_miles": after.miles,
        "after_id": after.entry_id,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(RING.format(spots=sought(wanted).spots), given)
        return [Found(*row) for row in cursor.fetchall()]


def sought(wanted: Wanted) -> Sought:
    """Give what is looked for as a statement."""
    return (
        wanted
        if isinstance(wanted, Sought)
        else Sought(SPOTS, {"trades": list(dict.fromkeys(wanted))})
    )


def asked(wanted: Wanted, circle: Circle, runs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Give what a statement of this kind asks within these runs of cells."""
    place = circle.place
    return {
        **sought(wanted).asked,
        "first": [first for first, _ in runs],
        "last": [last for _, last in runs],
        "latitude": place.latitude,
        "longitude": place.longitude,
        "sure": circle.miles,
        "vague": circle.vague_reach,
    }


def _asked(wanted: Wanted, circle: Circle, between: tuple[float, float]) -> dict[str, Any]:
    place = circle.place
    low, high = between
    return asked(wanted, circle, grid.runs(place.latitude, place.longitude, high, without=low))


def _read(found: Sequence[Found], circle: Circle) -> list[RegisterEntry]:
    ids = [each.entry_id for each in found]
    entries = RegisterEntry.objects.select_related("register").in_bulk(ids)
    read = []
    for each in found:
        entry = entries[each.entry_id]
        entry.miles = each.miles
        entry.standing = circle.standing(each.miles, is_vague=each.is_vague)
        read.append(entry)
    return read
