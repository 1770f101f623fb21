"""Distance in miles over the earth's surface."""

from math import asin, cos, degrees, radians, sin, sqrt
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


def miles_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """How far two points lie apart, each a latitude and a longitude."""
    tall = radians(there[0] - here[0]) / 2
    wide = radians(there[1] - here[1]) / 2
    chord = sin(tall) ** 2 + cos(radians(here[0])) * cos(radians(there[0])) * sin(wide) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))
