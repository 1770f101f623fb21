"""Within r miles of a place: who is in, who is at the edge, in which order, and how many."""

import re
from collections import Counter
from functools import cache
from math import degrees
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.places.distance import EARTH_RADIUS_MILES
from crm.places.locate import Place, place
from crm.registers import near, spots
from crm.registers.models import RegisterEntry
from crm.registers.near import START, Circle, Step
from tests.factories.registers import RegisterEntryFactory
from tests.geometry import miles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]
HEALTHCARE = ["gp_practice", "dentist", "pharmacy"]
ALL = 1_000_000
# At one point; some pages of them.
MANY = 500
SEQUENTIAL = r"Seq Scan on registers_(spot|registerentry)\b"


def all_of(trades: list[str], circle: Circle) -> list[RegisterEntry]:
    return near.walk(trades, circle, most=ALL)


def north_of(here: Place, far: float) -> float:
    return here.latitude + degrees(far / EARTH_RADIUS_MILES)


def test_the_known_truth_of_leicester() -> None:
    found = all_of(HEALTHCARE, Circle(place("LE1 1AA"), 15))
    inside = [entry for entry in found if entry.standing == "inside"]
    sites = Counter(entry.site_key for entry in inside)
    assert (len(inside), len(sites)) == (498, 494)
    assert sorted(key for key, many in sites.items() if many > 1) == [
        "brookview dental clinic|LE2 6EN",
        "dental care clinic|LE4 5LJ|3 loughborough road",
        "market harborough pharmacy|LE16 9BX",
        "pearl chemist|LE2 1QN",
    ]
    assert sorted(
        entry.premise
        for entry in inside
        if (entry.name_key, entry.postcode) == ("dental surgery", "LE5 5HH")
    ) == ["386 east park road", "440 east park road"]


@pytest.mark.parametrize("radius", [1, 15, 200])
@pytest.mark.parametrize("centre", ["LE1 1AA", "M1 1AE", "TR1 1AA"])
def test_rings_and_cells_lose_nobody(centre: str, radius: int) -> None:
    here = place(centre)
    circle = Circle(here, radius)
    walked = all_of(["dentist"], circle)
    wanted = {}
    for pk, latitude, longitude, precision in dentists():
        far = miles(here.latitude, here.longitude, latitude, longitude)
        vague = precision == "outward"
        if vague and abs(far - radius) < 5:
            wanted[pk] = "edge"
        elif far <= radius:
            wanted[pk] = "inside"
    assert {entry.pk: entry.standing for entry in walked} == wanted
    assert near.counted(["dentist"], circle, ALL) == len(walked) == len(wanted)
    assert list(map(step_to, walked)) == sorted(map(step_to, walked))


@cache
def dentists() -> list[tuple[int, float, float, str]]:
    """All that are bundled and stand somewhere."""
    entries = RegisterEntry.objects.active().filter(trade="dentist").exclude(latitude=None)
    return list(entries.values_list("pk", "latitude", "longitude", "precision"))


def test_nobody_looks_through_all_entries() -> None:
    here = place("LE1 1AA")
    with CaptureQueriesContext(connection) as asked:
        near.first(["dentist"], here, 5)
        near.count(["dentist"], here, 5)
        near.walk(HEALTHCARE, Circle(here, 15), most=50)
    with connection.cursor() as cursor:
        plans = [explained(cursor, each["sql"]) for each in asked.captured_queries]
    assert len(plans) >= 3
    assert any("registers_spot" in plan for plan in plans)
    assert [plan for plan in plans if re.search(SEQUENTIAL, plan)] == []


def explained(cursor: Any, statement: str) -> str:
    cursor.execute(f"EXPLAIN {statement}")
    return "\n".join(line for (line,) in cursor.fetchall())


def step_to(entry: RegisterEntry) -> Step:
    return Step(entry.miles, entry.pk)


@pytest.mark.parametrize("radius", [15, 300])
def test_a_walk_goes_on_where_it_stopped(radius: int) -> None:
    circle = Circle(place("NE1 1AA"), radius)
    whole = [
        Step(each.miles, each.entry_id) for each in near.steps(HEALTHCARE, circle, most=ALL)
    ]
    at = [0, 1, 7, len(whole) // 2, len(whole) - 3, len(whole) - 1]
    for stop in at:
        five = near.steps(HEALTHCARE, circle, after=whole[stop], most=5)
        assert [Step(each.miles, each.entry_id) for each in five] == whole[stop + 1 : stop + 6]
    for stop in at[2:]:
        rest = near.steps(HEALTHCARE, circle, after=whole[stop], most=ALL)
        assert [Step(each.miles, each.entry_id) for each in rest] == whole[stop + 1 :]


def test_very_many_at_one_point_are_walked_by_their_ids() -> None:
    here = place("LE1 1AA")
    one = RegisterEntryFactory()
    RegisterEntry.objects.bulk_create(
        RegisterEntryFactory.build(
            register=one.register, came_with=one.came_with, trade="tested", number=f"tested-{n}"
        )
        for n in range(MANY)
    )
    with connection.cursor() as cursor:
        spots.make(cursor, "e.number LIKE %s", "tested-%")
    circle = Circle(here, 1)
    seen: list[Step] = []
    after = START
    while some := near.steps(["tested"], circle, after=after, most=MANY // 4):
        seen += [Step(each.miles, each.entry_id) for each in some]
        after = seen[-1]
    assert len(seen) == len(set(seen)) == MANY
    assert len({step.miles for step in seen}) == 1
    assert near.count(["tested"], here, 1, most=MANY - 1) == MANY
    assert near.count(["tested"], here, 1, most=MANY) == MANY


def test_an_entry_of_several_trades_is_one() -> None:
    here = place("LE1 1AA")
    both = RegisterEntryFactory(trade="tested", more_trades=["tried", "proved"])
    one = RegisterEntryFactory(trade="tried")
    for asked, wanted in (
        (["tested"], [both]),
        (["tried"], [both, one]),
        (["proved"], [both]),
        (["proved", "tried"], [both, one]),
        (["tried", "tested", "proved"], [both, one]),
        (["tested", "tested"], [both]),
        (["other"], []),
        ([], []),
    ):
        assert near.first(asked, here, 1) == wanted
        assert near.count(asked, here, 1) == len(wanted)
        assert near.count(asked, here, 1, most=1) == min(len(wanted), 2)


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
    RegisterEntryFactory(trade="tested", precision=precision, latitude=north_of(here, far))
    found = all_of(["tested"], Circle(here, radius))
    assert [entry.standing for entry in found] == standing


def test_closed_and_placeless_entries_stay_out() -> None:
    RegisterEntryFactory(trade="tested", status="closed")
    RegisterEntryFactory(trade="tested", latitude=None, longitude=None, precision="")
    assert not near.first(["tested"], place("LE1 1AA"), 200)


def test_a_chain_is_counted_in_its_register() -> None:
    called = RegisterEntry.objects.active().called("boots").filter(register="pharmacies")
    assert called.count() == 1_943
