"""Within r miles of a place: who is in, who is at the edge, and that an index finds them."""

from collections import Counter
from math import degrees

import pytest
from django.db.models import Count

from crm.places.distance import EARTH_RADIUS_MILES
from crm.places.locate import place
from crm.registers.models import RegisterEntry
from tests.factories.registers import RegisterEntryFactory
from tests.geometry import miles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]
HEALTHCARE = ["gp_practice", "dentist", "pharmacy"]


def test_the_known_truth_of_leicester() -> None:
    found = RegisterEntry.objects.active().of_trades(HEALTHCARE).around(place("LE1 1AA"), 15)
    inside = found.filter(standing="inside")
    assert inside.count() == 498
    assert inside.aggregate(sites=Count("site_key", distinct=True))["sites"] == 494
    twice = inside.values("site_key").annotate(n=Count("pk")).filter(n__gt=1).order_by("site_key")
    assert [row["site_key"] for row in twice] == [
        "brookview dental clinic|LE2 6EN",
        "dental care clinic|LE4 5LJ|3 loughborough road",
        "market harborough pharmacy|LE16 9BX",
        "pearl chemist|LE2 1QN",
    ]
    surgeries = inside.filter(name_key="dental surgery", postcode="LE5 5HH")
    assert sorted(entry.premise for entry in surgeries) == [
        "386 east park road",
        "440 east park road",
    ]


@pytest.mark.parametrize("radius", [1, 15, 200])
@pytest.mark.parametrize("centre", ["LE1 1AA", "M1 1AE", "TR1 1AA"])
def test_the_box_loses_nobody(centre: str, radius: int) -> None:
    here = place(centre)
    found = {
        entry.pk: entry.standing
        for entry in RegisterEntry.objects.active().of_trades(["dentist"]).around(here, radius)
    }
    wanted = {}
    for entry in RegisterEntry.objects.active().of_trades(["dentist"]).exclude(latitude=None):
        assert entry.latitude is not None
        assert entry.longitude is not None
        far = miles(here.latitude, here.longitude, entry.latitude, entry.longitude)
        vague = entry.precision == "outward"
        if vague and abs(far - radius) < 5:
            wanted[entry.pk] = "edge"
        elif far <= radius:
            wanted[entry.pk] = "inside"
    assert Counter(found.values()) == Counter(wanted.values())
    assert found == wanted


def test_a_chain_is_counted_in_its_register() -> None:
    called = RegisterEntry.objects.active().filter(name_key="boots", register="pharmacies")
    assert called.count() == 1_943


def test_the_index_finds_them() -> None:
    plan = RegisterEntry.objects.active().of_trades(HEALTHCARE).around(place("LE1 1AA"), 15)
    assert "Index Scan on entry_point" in plan.explain()


def test_the_walk_is_in_a_fixed_order() -> None:
    found = RegisterEntry.objects.active().of_trades(HEALTHCARE).around(place("LE1 1AA"), 15)
    walk = found.order_by("miles", "register_id", "number")
    steps = [(entry.miles, entry.register_id, entry.number) for entry in walk]
    assert steps == sorted(steps)
    assert steps[0][0] < 0.2


@pytest.mark.parametrize(
    ("precision", "far", "radius", "standing"),
    [
        ("exact", 4.99, 5, ["inside"]),
        ("postcode", 4.99, 5, ["inside"]),
        ("exact", 5.01, 5, []),
        ("postcode", 5.01, 5, []),
        ("outward", 0, 4, ["edge"]),
        ("outward", 4.99, 10, ["inside"]),
        ("outward", 5.01, 10, ["edge"]),
        ("outward", 14.99, 10, ["edge"]),
        ("outward", 15.01, 10, []),
    ],
)
def test_an_outward_code_is_never_sure_near_the_edge(
    precision: str, far: float, radius: int, standing: list[str]
) -> None:
    here = place("LE1 1AA")
    north = here.latitude + degrees(far / EARTH_RADIUS_MILES)
    RegisterEntryFactory(trade="tested", precision=precision, latitude=north)
    found = RegisterEntry.objects.of_trades(["tested"]).around(here, radius)
    assert [row.standing for row in found] == standing


def test_closed_and_placeless_entries_stay_out() -> None:
    RegisterEntryFactory(trade="tested", status="closed")
    RegisterEntryFactory(trade="tested", latitude=None, longitude=None, precision="")
    found = RegisterEntry.objects.active().of_trades(["tested"]).around(place("LE1 1AA"), 200)
    assert not found.exists()
