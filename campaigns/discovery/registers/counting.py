"""How many a target would find in the registers, counted no further than a person reads.

A circle in London holds a million entries: they are counted as far as 10,000, and who of them is
known is asked of those that lie nearest.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from campaigns.discovery.contract import MOST_COUNTED, Basis, Preview
from campaigns.discovery.registers.places import Place, Places, Seen
from crm.places.distance import box_around
from crm.places.models import Outward
from crm.registers import grid, near
from crm.registers.models import Register, RegisterEntry
from crm.registers.near import OUTWARD_ERROR_MILES, START, Circle, Found, Step, Wanted
from crm.tenants.models import Tenant

# Entries that are read at once.
PIECE = 5_000
FIRST = 10
EDGE = """
    SELECT count(*), count(*) FILTER (WHERE miles <= %(sure)s)
    FROM ({spots} OFFSET 0) found WHERE is_vague AND miles > %(beyond)s AND miles <= %(reach)s
"""


def new(
    tenant: Tenant, wanted: Wanted, circle: Circle, *, after: Step = START, most: int = MOST_COUNTED
) -> int:
    """Count the places behind a step that the tenant does not know, as far as `most` + 1."""
    places, found = Places(tenant), set[Place]()
    for piece in _pieces(wanted, circle, after, min(most + 1, PIECE)):
        found.update(each.place for each in _seen(places, piece) if not each.is_known)
        if len(found) > most:
            return most + 1
    return len(found)


def preview(
    tenant: Tenant, wanted: Wanted, circle: Circle, registers: Sequence[Register]
) -> Preview:
    """Look at what a circle takes; of more than 10,000 at the nearest of them.

    `registers` are those that are searched.
    """
    found = near.steps(wanted, circle, most=MOST_COUNTED + 1)
    is_more = len(found) > MOST_COUNTED
    found = found[:MOST_COUNTED]
    places = Places(tenant)
    seen = [each for piece in _cut(found) for each in _seen(places, piece)]
    there = {each.place for each in seen}
    known = {each for each in there if each.is_known}
    edge, takeable = (0, 0) if is_more else _near_the_edge(wanted, circle)
    return Preview(
        matching=MOST_COUNTED + 1 if is_more else len(there),
        known=len(known),
        edge=edge,
        takeable=takeable,
        bases=_bases(seen, registers),
        first_ten=_read(found[:FIRST], {each.entry_id for each in seen if each.is_known}),
        looked_at=len(there),
    )


def _pieces(wanted: Wanted, circle: Circle, after: Step, most: int) -> Iterator[list[Found]]:
    while piece := near.steps(wanted, circle, after=after, most=most):
        yield piece
        if len(piece) < most:
            return
        after = Step(piece[-1].miles, piece[-1].entry_id)


def _cut(found: list[Found]) -> Iterator[list[Found]]:
    for start in range(0, len(found), PIECE):
        yield found[start : start + PIECE]


def _seen(places: Places, found: Sequence[Found]) -> list[Seen]:
    return places.see([each.entry_id for each in found])


def _near_the_edge(wanted: Wanted, circle: Circle) -> tuple[int, int]:
    """Count what is left out for its vague place, and how much of it lies inside by its area.

    Such entries lie in the middle of their outward codes, hence nowhere else is looked.
    """
    place, reach = circle.place, circle.miles + OUTWARD_ERROR_MILES
    box = box_around(place.latitude, place.longitude, reach)
    middles = Outward.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )
    points: Any = middles.values_list("latitude", "longitude")
    cells = sorted({grid.cell(*point) for point in points})
    asked = near.asked(wanted, circle, [(cell, cell) for cell in cells])
    asked |= {"beyond": circle.vague_reach, "reach": reach}
    with connection.cursor() as cursor:
        cursor.execute(EDGE.format(spots=near.sought(wanted).spots), asked)
        left_out, inside = cursor.fetchone()
    return left_out, inside


def _bases(seen: Sequence[Seen], registers: Sequence[Register]) -> list[Basis]:
    counts = Counter(each.register for each in seen)
    others = counts.keys() - {each.pk for each in registers}
    registers = [*registers, *Register.objects.filter(pk__in=others)] if others else registers
    return [Basis(each.label, each.as_of, counts[each.pk]) for each in registers]


def _read(found: Sequence[Found], known: set[int]) -> list[Any]:
    entries = RegisterEntry.objects.in_bulk([each.entry_id for each in found])
    read: list[Any] = []
    for each in found:
        entry: Any = entries[each.entry_id]
        entry.miles, entry.is_known = each.miles, each.entry_id in known
        read.append(entry)
    return read
