"""Distance in Python, to check the one in SQL against."""

from math import asin, cos, radians, sin, sqrt

from crm.places.distance import EARTH_RADIUS_MILES


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points."""
    half_lat = sin(radians(lat2 - lat1) / 2)
    half_lon = sin(radians(lon2 - lon1) / 2)
    square = half_lat**2 + cos(radians(lat1)) * cos(radians(lat2)) * half_lon**2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(square)))
