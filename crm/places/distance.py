"""Distance in miles over the earth's surface."""

from math import asin, cos, degrees, radians, sin
from typing import NamedTuple

EARTH_RADIUS_MILES = 3958.7613
# A shade larger than exact, so that rounding never cuts a point off the edge.
MARGIN = 1.0005


class Box(NamedTuple):
    """A rectangle of degrees that holds a whole circle."""

    west: float
    south: float
    east: float
    north: float


def box_around(lat: float, lon: float, radius_miles: float) -> Box:
    """The rectangle around a circle; it never touches the poles or the date line here."""
    angle = radius_miles * MARGIN / EARTH_RADIUS_MILES
    tall = degrees(angle)
    wide = degrees(asin(min(1.0, sin(angle) / cos(radians(lat)))))
    return Box(lon - wide, lat - tall, lon + wide, lat + tall)
