"""Distance in miles over the earth's surface, in SQL."""

from math import asin, cos, degrees, radians, sin
from typing import NamedTuple

from django.db.models import ExpressionWrapper, F, FloatField, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

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


class MilesFrom(ExpressionWrapper):
    """The distance of a row's latitude and longitude from a fixed point (haversine)."""

    def __init__(self, lat: float, lon: float) -> None:
        half_lat = Sin(Radians(F("latitude") - Value(float(lat))) / Value(2.0))
        half_lon = Sin(Radians(F("longitude") - Value(float(lon))) / Value(2.0))
        both_cosines = Value(cos(radians(lat))) * Cos(Radians(F("latitude")))
        square = Power(half_lat, 2) + both_cosines * Power(half_lon, 2)
        angle = ASin(Least(Value(1.0), Sqrt(square)))
        super().__init__(Value(2 * EARTH_RADIUS_MILES) * angle, output_field=FloatField())
