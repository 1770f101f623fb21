"""How many a target would find in the registers, counted no further than a person reads.

A circle in London holds a million entries: they are counted as far as 10,000, and who of them is
known is asked of those that lie nearest.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL

from campaigns.discovery.contract import MOST_COUNTED, Basis, Preview
from crm.places.distance import box_around
from crm.places.models import Outward
from crm.registers import grid, near
from crm.registers.models import Register, RegisterEntry
from crm.registers.near import OUTWARD_ERROR_MILES, START, Circle, Found, Step, Wanted
from crm.tenants.models import Tenant
from leads.models import IdentityKey, Listing

# Entries that are read at once.
PIECE = 5_000
FIRST = 10
EDGE = """
    SELECT count(*), count(*) FILTER (WHERE miles <= %(sure)s)
    FROM ({spots} OFFSET 0) found WHERE is_vague AND miles > %(beyond)s AND miles <= %(reach)s
"""


class Seen(NamedTuple):
    """An entry as a count needs it; entries of one `site` are one place of business."""

    entry_id: int
    register: str
    site: str
    is_known: bool


def new(
    tenant: Tenant, wanted: Wanted, circle: Circle, *, after: Step = START, most: int = MOST_COUNTED
) -> int:
    """Count the places behind a step that the tenant does not know, as far as `most` + 1."""
    sites: set[str] = set()
    for piece in _pieces(wanted, circle, after, min(most + 1, PIECE)):
        sites.update(each.site for each in _seen(tenant, piece) if not each.is_known)
        if len(sites) > most:
            return most + 1
    return len(sites)


def preview(
    tenant: Tenant, wanted: Wanted, circle: Circle, registers: Sequence[Register]
) -> Preview:
    """Look at what a circle takes; of more than 10,000 at the nearest of them.

    `registers` are those that are searched.
    """
    found = near.steps(wanted, circle, most=MOST_COUNTED + 1)
    is_more = len(found) > MOST_COUNTED
    found = found[:MOST_COUNTED]
    seen = [each for piece in _cut(found) for each in _seen(tenant, piece)]
    sites = {each.site for each in seen}
    known = {each.site for each in seen if each.is_known}
    edge, takeable = (0, 0) if is_more else _near_the_edge(wanted, circle)
    return Preview(
        matching=MOST_COUNTED + 1 if is_more else len(sites),
        known=len(known),
        edge=edge,
        takeable=takeable,
        bases=_bases(seen, registers),
        first_ten=_read(found[:FIRST], {each.entry_id for each in seen if each.is_known}),
        looked_at=len(sites),
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


def _seen(tenant: Tenant, found: Sequence[Found]) -> list[Seen]:
    ids = RawSQL("SELECT unnest(%s::bigint[])", [[each.entry_id for each in found]])
    asked = ExpressionWrapper(known_to(tenant), BooleanField())
    entries = RegisterEntry.objects.filter(pk__in=ids).annotate(is_known=asked)
    rows = entries.values_list("pk", "register_id", "site_key", "is_known")
    # One without a postcode is a place of its own.
    return [Seen(pk, register, site or str(pk), known) for pk, register, site, known in rows]


def listed_by(tenant: Tenant) -> Exists:
    """Whether the tenant knows an organisation by this very entry."""
    return Exists(Listing.of(tenant).filter(entry=OuterRef("pk")))


def known_to(tenant: Tenant) -> Q:
    """Whether the tenant knows an entry, by itself or by its name and place."""
    keys = IdentityKey.of(tenant).filter(kind=IdentityKey.Kind.SITE, value=OuterRef("site_key"))
    return Q(listed_by(tenant)) | Q(Exists(keys))


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
