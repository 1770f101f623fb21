"""The National Grid: Ordnance Survey's own example, and places that are known exactly."""

from math import degrees

import pytest

from crm.places import national_grid
from tests.geometry import miles

METRES = 1609.344


def test_the_worked_example_of_the_guide() -> None:
    latitude, longitude = national_grid._on_airy(651_409.903, 313_177.270)
    assert degrees(latitude) == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=1e-8)
    assert degrees(longitude) == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=1e-8)


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [
        (464_447, 195_647, 51.655929, -1.069752),
        (379_988, 395_476, 53.455654, -2.302836),
        (435_958, 568_671, 55.011303, -1.439269),
        (530_047, 179_951, 51.503541, -0.12767),
    ],
)
def test_is_good_to_a_few_metres(
    easting: int, northing: int, latitude: float, longitude: float
) -> None:
    off = miles(*national_grid.point(easting, northing), latitude, longitude) * METRES
    assert off < 5
