"""Official registers in our own database: free, instant, offline.

The walk goes by distance, then by the entry's id; near the edge (the place is known to its
outward code only, and the circle's edge is within that error) is refused, with the reason, unless
the target takes its edge.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from campaigns.discovery.contract import EDGE, SECTORS, Cursor, Preview, Sighting, Target
from campaigns.discovery.registers import advice, asked, counting
from campaigns.kinds import Kind
from crm.registers import grid, near
from crm.registers.models import RegisterEntry
from crm.registers.near import INSIDE, OUTWARD_ERROR_MILES, START, Circle, Step
from crm.tenants.models import Tenant
from leads.identity.listed import as_candidate
from leads.intake.grounds import Ground
from leads.models import Listing

Entries = QuerySet[Any]


class RegisterSource:
    slug = "register"
    label = "Official registers"
    costs = False
    tells_size = False
    understands = frozenset({SECTORS})

    def serves(self, kind: Kind) -> bool:
        return kind.is_in_registers

    def new(self, tenant: Tenant, target: Target, *, after: Cursor | None = None) -> int:
        behind = _behind(after)
        return counting.new(tenant, asked.wanted(target), _inside(target), after=behind)

    def walk(
        self,
        tenant: Tenant,
        target: Target,
        *,
        after: Cursor | None,
        stop_at: Cursor | None,
        most: int,
    ) -> Sequence[Sighting]:
        circle = Circle(target.place, target.miles)
        behind = _behind(after)
        entries = near.walk(asked.wanted(target), circle, after=behind, most=most)
        if stop_at is not None:
            entries += _closed(tenant, target, behind, most)
            entries = [entry for entry in entries if _place(entry) <= Step(*stop_at)]
            entries = sorted(entries, key=_place)[:most]
        return [_sighting(entry, target) for entry in entries]

    def settled(self, target: Target, reached: Cursor) -> Cursor | None:
        """What lay near the edge was refused, or passed by on the way to the last of those."""
        edge = _edge(target)
        return [*min(Step(*reached), Step(edge, 0))] if edge > 0 else None

    def preview(self, tenant: Tenant, target: Target) -> Preview:
        """Look before a launch: how many match, how many are known, the first ten."""
        registers = advice.searched(target)
        found = counting.preview(tenant, asked.wanted(target), _inside(target), registers)
        return replace(found, advice=advice.read(target, registers, is_empty=not found.matching))


def _edge(target: Target) -> float:
    return target.miles if target.takes_edge else target.miles - OUTWARD_ERROR_MILES


def _inside(target: Target) -> Circle:
    """What is taken: the rest of the circle's edge is told of, and left out."""
    return Circle(target.place, target.miles, vague_miles=_edge(target))


def _closed(tenant: Tenant, target: Target, behind: Step, most: int) -> list[Any]:
    """What the tenant knows there and has closed since, the nearest first."""
    place = target.place
    theirs = Listing.of(tenant).values("entry")
    # With `miles`, which the type checker can't see.
    entries: Entries = RegisterEntry.objects.filter(pk__in=theirs, status="closed")
    runs = grid.runs(place.latitude, place.longitude, target.miles)
    entries = entries.filter(asked.fits(target), cell__range=(runs[0][0], runs[-1][-1]))
    entries = entries.annotate(miles=near.miles_from(place))
    entries = entries.filter(miles__lte=target.miles).filter(
        Q(miles__gt=behind.miles) | Q(miles=behind.miles, pk__gt=behind.entry_id)
    )
    found = list(entries.select_related("register").order_by("miles", "pk")[:most])
    for entry in found:
        entry.standing = INSIDE
    return found


def _behind(cursor: Cursor | None) -> Step:
    """Go on where [miles, entry id] says, as a run and a campaign keep it."""
    return START if cursor is None else Step(*cursor)


def _place(entry: Any) -> Step:
    return Step(entry.miles, entry.pk)


def _sighting(entry: Any, target: Target) -> Sighting:
    refusal = detail = ""
    ground = Ground.NEW
    if entry.status == "closed":
        ground = Ground.CLOSED
        refusal = "Closed in the register"
        detail = f"{entry.register.label} of {entry.register.as_of:%-d %B %Y} lists it as closed."
    elif entry.standing == "edge" and not (target.takes_edge and entry.miles <= target.miles):
        refusal, ground = EDGE, Ground.EDGE
        detail = (
            f"{entry.postcode} is known only to {entry.outward}, about"
            f" {entry.miles:.1f} miles away and up to 5 miles off."
        )
    cursor = [entry.miles, entry.pk]
    candidate = as_candidate(entry, has_closed=ground == Ground.CLOSED)
    return Sighting(candidate, entry.key, cursor, entry.miles, refusal, detail, ground)


def entries_of(keys: Iterable[str]) -> dict[str, RegisterEntry]:
    """Find the entries that these keys name; those that are gone are left out."""
    named = [key.partition(":") for key in keys]
    entries = RegisterEntry.objects.filter(
        register__in={register for register, _, _ in named},
        number__in=[number for _, _, number in named],
    )
    return {entry.key: entry for entry in entries.select_related("register")}
