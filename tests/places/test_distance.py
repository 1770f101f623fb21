"""Distance: one formula, twice."""

import pytest

from crm.places import distance
from crm.places.locate import place
from crm.registers import near
from crm.registers.models import RegisterEntry
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
    middle = place("LE1 1AA")
    found = near.first(["dentist"], middle, 10, most=50)
    rows = RegisterEntry.objects.annotate(far=near.miles_from(middle))
    far = dict(rows.filter(far__lte=10).values_list("pk", "far"))
    for entry in found:
        assert entry.latitude is not None
        assert entry.longitude is not None
        ours = miles(middle.latitude, middle.longitude, entry.latitude, entry.longitude)
        assert entry.miles == pytest.approx(ours, abs=1e-6)
        # A walk goes on behind exactly the distance at which it stopped.
        assert far[entry.pk] == entry.miles
    assert len(found) == 50
