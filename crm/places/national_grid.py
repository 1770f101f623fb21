"""From the National Grid (OSGB36) to latitude and longitude (WGS84).

The formulas are those of “A guide to coordinate systems in Great Britain” (Ordnance Survey):
annexe C.2 from eastings and northings to the Airy ellipsoid, annexe B.3 to cartesian coordinates
and B.4 back, and between the two the Helmert transformation of section 6.6 the other way round.
Ordnance Survey gives it as good to about 5 metres; to be exact it would take OSTN15, a grid of
corrections for every kilometre of the country.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import NamedTuple


class Ellipsoid(NamedTuple):
    """A figure of the earth: half its axes, in metres."""

    major: float
    minor: float

    @property
    def flatness(self) -> float:
        """The square of its eccentricity."""
        return 1 - (self.minor / self.major) ** 2


AIRY = Ellipsoid(6_377_563.396, 6_356_256.909)
WGS84 = Ellipsoid(6_378_137.0, 6_356_752.314_245)

# The projection of the National Grid: scale on the central meridian, true and false origin.
SCALE = 0.999_601_271_7
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = radians(49), radians(-2)
FALSE_EAST, FALSE_NORTH = 400_000, -100_000

# OSGB36 to WGS84: metres, radians, and a share of one.
SHIFT = (446.448, -125.157, 542.060)
TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = 1 - 20.4894e-6

# A tenth of a millimetre.
NEAR_ENOUGH = 1e-4
N = (AIRY.major - AIRY.minor) / (AIRY.major + AIRY.minor)
ARC = (
    1 + N + 5 / 4 * N**2 + 5 / 4 * N**3,
    3 * N + 3 * N**2 + 21 / 8 * N**3,
    15 / 8 * (N**2 + N**3),
    35 / 24 * N**3,
)


def point(easting: float, northing: float) -> tuple[float, float]:
    """The latitude and longitude of a point of the National Grid, in degrees."""
    latitude, longitude = _on_airy(easting, northing)
    x, y, z = _turned(*_cartesian(latitude, longitude))
    latitude, longitude = _on_wgs84(x, y, z)
    return degrees(latitude), degrees(longitude)


def _meridian(latitude: float) -> float:
    """How far north of the true origin, along the central meridian."""
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    return (
        AIRY.minor
        * SCALE
        * (
            ARC[0] * less
            - ARC[1] * sin(less) * cos(more)
            + ARC[2] * sin(2 * less) * cos(2 * more)
            - ARC[3] * sin(3 * less) * cos(3 * more)
        )
    )


def _on_airy(easting: float, northing: float) -> tuple[float, float]:
    north = northing - FALSE_NORTH
    foot = ORIGIN_LATITUDE + north / (AIRY.major * SCALE)
    while abs(off := north - _meridian(foot)) >= NEAR_ENOUGH:
        foot += off / (AIRY.major * SCALE)
    sine, t, secant = sin(foot), tan(foot), 1 / cos(foot)
    bend = 1 - AIRY.flatness * sine**2
    nu = AIRY.major * SCALE / sqrt(bend)
    rho = nu * (1 - AIRY.flatness) / bend
    eta = nu / rho - 1
    e, t2 = easting - FALSE_EAST, t * t
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t2 + eta - 9 * t2 * eta)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2**2)
    x = secant / nu
    xi = secant / (6 * nu**3) * (nu / rho + 2 * t2)
    xii = secant / (120 * nu**5) * (5 + 28 * t2 + 24 * t2**2)
    xiia = secant / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3)
    latitude = foot - vii * e**2 + viii * e**4 - ix * e**6
    longitude = ORIGIN_LONGITUDE + x * e - xi * e**3 + xii * e**5 - xiia * e**7
    return latitude, longitude


def _cartesian(latitude: float, longitude: float) -> tuple[float, float, float]:
    nu = AIRY.major / sqrt(1 - AIRY.flatness * sin(latitude) ** 2)
    across = nu * cos(latitude)
    return (
        across * cos(longitude),
        across * sin(longitude),
        nu * (1 - AIRY.flatness) * sin(latitude),
    )


def _turned(x: float, y: float, z: float) -> tuple[float, float, float]:
    turn_x, turn_y, turn_z = TURN
    return (
        SHIFT[0] + STRETCH * x - turn_z * y + turn_y * z,
        SHIFT[1] + turn_z * x + STRETCH * y - turn_x * z,
        SHIFT[2] - turn_y * x + turn_x * y + STRETCH * z,
    )


def _on_wgs84(x: float, y: float, z: float) -> tuple[float, float]:
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - WGS84.flatness))
    # Each round comes a hundred times nearer: after three it is less than a millimetre.
    for _ in range(3):
        nu = WGS84.major / sqrt(1 - WGS84.flatness * sin(latitude) ** 2)
        latitude = atan2(z + WGS84.flatness * nu * sin(latitude), across)
    return latitude, atan2(y, x)
