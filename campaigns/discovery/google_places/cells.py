"""A circle cut into rectangles: one in the middle, and rings of eight ever larger ones around it.

The lines between rings lie where they lie in any circle around that place, so that what was asked
in a narrower one is the same question in a wider one.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from crm.places.distance import box_around, miles_between
from crm.places.locate import Place
from crm.places.models import Outward

# Half the side of the rectangle in the middle, in miles; each ring is three times as wide.
FIRST, TIMES = 5.0, 3.0
# A circle that goes little beyond a ring belongs to it.
CLOSE = 1.5
# No smaller rectangle is cut: in miles, some 150 metres.
LEAST = 0.093
# As wide as an outward code is at the most, islands and moors included: beyond is the sea.
SHORE = 15.0
# A metre, in degrees.
DIGITS = 5


class Cell(NamedTuple):
    """A rectangle in degrees."""

    west: float
    south: float
    east: float
    north: float

    def miles(self, place: Place) -> float:
        """Say how far its nearest point is."""
        nearest = (
            min(max(place.latitude, self.south), self.north),
            min(max(place.longitude, self.west), self.east),
        )
        return miles_between((place.latitude, place.longitude), nearest)

    def farthest(self, place: Place) -> float:
        """Say how far its farthest corner is."""
        corners = [(lat, lon) for lat in (self.south, self.north) for lon in (self.west, self.east)]
        return max(miles_between((place.latitude, place.longitude), each) for each in corners)

    @property
    def side(self) -> float:
        """Give its longer side in miles."""
        corner = (self.south, self.west)
        wide = miles_between(corner, (self.south, self.east))
        return max(wide, miles_between(corner, (self.north, self.west)))

    def parts(self) -> "list[Cell]":
        """Cut it in four; none where it would be too small."""
        if self.side / 2 < LEAST:
            return []
        lon, lat = (self.west + self.east) / 2, (self.south + self.north) / 2
        return _grid([self.west, lon, self.east], [self.south, lat, self.north])


def touching(cells: Sequence[Cell], place: Place, miles: float) -> list[Cell]:
    """Give those that lie in the circle in part at least, the nearest first."""
    found = [(cell.miles(place), cell) for cell in cells]
    return [cell for far, cell in sorted(found) if far <= miles]


def rings(place: Place, miles: float) -> list[list[Cell]]:
    """Cut the circle, from the middle outwards; what lies in the sea is left out."""
    edges = [FIRST]
    while miles > edges[-1] * CLOSE:
        edges.append(edges[-1] * TIMES)
    edges[-1] = float(miles)
    boxes = [box_around(place.latitude, place.longitude, edge) for edge in edges]
    cut = [[_rounded(*boxes[0])]]
    for inner, outer in pairwise(boxes):
        lons = [outer.west, inner.west, inner.east, outer.east]
        lats = [outer.south, inner.south, inner.north, outer.north]
        cells = _grid(lons, lats)
        del cells[4]
        cut.append(touching(cells, place, miles))
    centres = _centres(place, miles)
    return [[cell for cell in ring if _is_land(cell, centres)] for ring in cut]


def _grid(lons: Sequence[float], lats: Sequence[float]) -> list[Cell]:
    """Make the rectangles between these lines, row by row from the south-west."""
    return [
        _rounded(west, south, east, north)
        for south, north in pairwise(lats)
        for west, east in pairwise(lons)
    ]


def _rounded(*edges: float) -> Cell:
    return Cell(*(round(edge, DIGITS) for edge in edges))


def _centres(place: Place, miles: float) -> list[tuple[float, float]]:
    box = box_around(place.latitude, place.longitude, miles + SHORE)
    rows = Outward.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )
    centres = rows.values_list("latitude", "longitude")
    return [(lat, lon) for lat, lon in centres if lat is not None and lon is not None]


def _is_land(cell: Cell, centres: Sequence[tuple[float, float]]) -> bool:
    lat, lon = (cell.south + cell.north) / 2, (cell.west + cell.east) / 2
    half = box_around(lat, lon, SHORE)
    tall, wide = (half.north - half.south) / 2, (half.east - half.west) / 2
    return any(
        cell.south - tall <= latitude <= cell.north + tall
        and cell.west - wide <= longitude <= cell.east + wide
        for latitude, longitude in centres
    )
