"""The kingdom cut into cells of about 1.4 miles, so that a circle is a few runs of an index."""

from math import asin, cos, degrees, floor, radians, sin, sqrt

from crm.places.distance import EARTH_RADIUS_MILES, MARGIN, box_around

# Degrees; a cell is 1.38 miles high, and 1.5 (Land's End) to 1.2 (Shetland) wide.
TALL, WIDE = 0.02, 0.035
SOUTH, WEST = 49.0, -9.0
# More than the columns there are: cells of one row are neighbours, those of two never.
STRIDE = 1_000
# What `cell` does, for statements; NULL where the place is not known.
CELL = (
    "(floor(({latitude} - 49.0) / 0.02)::integer * 1000"
    " + floor(({longitude} + 9.0) / 0.035)::integer)"
)


def cell(latitude: float, longitude: float) -> int:
    """Number the cell of a point, row by row from the south-west."""
    return floor((latitude - SOUTH) / TALL) * STRIDE + floor((longitude - WEST) / WIDE)


def runs(
    latitude: float, longitude: float, miles: float, *, without: float = 0.0
) -> list[tuple[int, int]]:
    """Give the first and last cells, row by row, that hold a circle without a smaller one in it.

    Cells that the edge of either circle cuts come with them.
    """
    box = box_around(latitude, longitude, miles)
    outer = _Circle(latitude, longitude, miles * MARGIN)
    inner = _Circle(latitude, longitude, without / MARGIN)
    found = []
    for row in range(_row(box.south), _row(box.north) + 1):
        west, east = outer.columns_touched(row)
        left, right = inner.columns_covered(row)
        start = row * STRIDE
        if left <= right:
            found += [(start + west, start + left - 1), (start + right + 1, start + east)]
        else:
            found.append((start + west, start + east))
    return [(first, last) for first, last in found if first <= last]


class _Circle:
    """A circle that is cut along the edges of rows."""

    def __init__(self, latitude: float, longitude: float, miles: float) -> None:
        self.latitude, self.longitude = radians(latitude), longitude
        self.angle = miles / EARTH_RADIUS_MILES
        # Where it is widest: a shade further from the equator than its middle.
        self.widest = asin(min(1.0, sin(self.latitude) / cos(self.angle)))

    def columns_touched(self, row: int) -> tuple[int, int]:
        """Give the first and last columns of a row in which any of it lies."""
        edges = [radians(SOUTH + row * TALL), radians(SOUTH + (row + 1) * TALL)]
        if edges[0] < self.widest < edges[1]:
            edges.append(self.widest)
        half = max(map(self._half, edges))
        return _column(self.longitude - half), _column(self.longitude + half)

    def columns_covered(self, row: int) -> tuple[int, int]:
        """Give the first and last columns of a row that lie wholly in it; crossed if none does."""
        edges = radians(SOUTH + row * TALL), radians(SOUTH + (row + 1) * TALL)
        half = min(map(self._half, edges))
        return _column(self.longitude - half) + 1, _column(self.longitude + half) - 1

    def _half(self, latitude: float) -> float:
        """Give half its width along a parallel, in degrees; negative beyond it."""
        rest = sin(self.angle / 2) ** 2 - sin((latitude - self.latitude) / 2) ** 2
        if rest < 0:
            return -WIDE
        return degrees(2 * asin(sqrt(min(1.0, rest / (cos(latitude) * cos(self.latitude))))))


def _row(latitude: float) -> int:
    return floor((latitude - SOUTH) / TALL)


def _column(longitude: float) -> int:
    return floor((longitude - WEST) / WIDE)
