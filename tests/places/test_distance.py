"""Distance: one formula, twice."""

import pytest

from crm.places import distance
from crm.places.models import Outward
from tests.geometry import miles

LEICESTER, LONDON = (52.632283, -1.124859), (51.50722, -0.1275)


def test_leicester_to_london() -> None:
    assert miles(*LEICESTER, *LONDON) == pytest.approx(88.4, abs=0.5)
    assert miles(*LEICESTER, *LEICESTER) == 0


@pytest.mark.parametrize("radius", [1, 15, 200])
def test_a_box_holds_its_circle(radius: float) -> None:
    box = distance.box_around(*LEICESTER, radius)
    lat, lon = LEICESTER
    assert miles(lat, lon, box.north, lon) == pytest.approx(radius, rel=0.002)
    assert miles(lat, lon, box.south, lon) >= radius
    assert miles(lat, lon, lat, box.east) >= radius
    assert miles(lat, lon, lat, box.west) >= radius


@pytest.mark.django_db
@pytest.mark.usefixtures("bundled")
def test_python_and_the_database_agree() -> None:
    rows = Outward.objects.annotate(miles=distance.MilesFrom(*LEICESTER))
    for row in rows:
        assert row.latitude is not None
        assert row.longitude is not None
        ours = miles(*LEICESTER, row.latitude, row.longitude)
        assert row.miles == pytest.approx(ours, abs=1e-6)
