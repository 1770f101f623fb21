"""Google Places as a source: whoever a phrase finds in the circle, in few pages that are paid."""

from typing import Any

import pytest

from campaigns import kinds
from campaigns.discovery.google_places import cells, phrases, place
from campaigns.discovery.google_places.glimpse import look
from campaigns.discovery.live import Earlier
from campaigns.discovery.sources.google_places import GooglePlacesSource, page_micros
from crm.outside.errors import NotThere
from crm.places import locate
from tests.discovery.asked import Asker, wanted
from tests.geometry import miles
from tests.simulators import Running, world


def pages(vendors: Running) -> int:
    return len(vendors.google_places.calls())


@pytest.mark.parametrize(
    ("postcode", "radius", "most_pages"), [("LE1 1AA", 15, 75), ("EC1A 1BB", 1, 40)]
)
def test_who_is_there_is_found_in_few_pages(
    google_places: Asker,
    vendors: Running,
    as_documented: Any,
    postcode: str,
    radius: int,
    most_pages: int,
) -> None:
    story = google_places.see_through(wanted("healthcare", postcode, radius))
    spot = locate.place(postcode)
    there = {
        one.place_id
        for one in world.near(spot.latitude, spot.longitude, radius, ("dentist", "doctor"))
        if one.public
    }
    assert there
    assert len(there & set(story.keys)) >= 0.95 * len(there)
    assert pages(vendors) <= most_pages
    assert all(seen.miles is None or seen.miles <= radius for seen in story.seen)
    assert vendors.google_places.stats()["billed"] == sum(reply.quantity for reply in story.replies)
    assert {reply.cost_micros for reply in story.replies} == {page_micros()}
    as_documented("google_places", vendors.google_places.calls())


def test_whoever_wants_few_pays_little(google_places: Asker, vendors: Running) -> None:
    asks = wanted("healthcare", miles=15, max_results=20)
    story = google_places.see_through(asks, enough=20)
    assert len(set(story.keys)) >= 20
    assert pages(vendors) <= 6
    assert google_places.plan(asks, story.earlier, missing=0) == []
    assert len(google_places.plan(asks, missing=500, most=2)) == 2


def test_a_place_comes_with_its_distance_and_what_a_check_needs(google_places: Asker) -> None:
    story = google_places.see_through(wanted("healthcare", miles=3), enough=10)
    one = story.seen[0]
    known = world.by_place_id(one.place_id)
    assert known is not None
    middle = locate.place("LE1 1AA")
    apart = miles(middle.latitude, middle.longitude, known.latitude, known.longitude)
    assert one.miles == pytest.approx(apart, abs=0.01)
    assert one.key == one.place_id
    told = one.candidate
    assert (told.name, told.postcode) == (known.name, known.postcode)
    assert (told.latitude, told.longitude, told.source) == (None, None, "google_places")


def test_what_has_closed_for_good_is_told_as_closed(google_places: Asker) -> None:
    story = google_places.see_through(wanted("healthcare", miles=15))
    closed = {seen.key for seen in story.seen if seen.closed}
    known = {key: world.by_place_id(key) for key in story.keys}
    assert closed == {key for key, one in known.items() if one and one.closed}


def test_a_wider_circle_pays_for_nothing_twice(google_places: Asker, vendors: Running) -> None:
    story = google_places.see_through(wanted("manufacturing", "TR19 7AA", 12))
    before = set(story.asked)
    wider = google_places.see_through(wanted("manufacturing", "TR19 7AA", 20), story=story)
    middle = cells.rings(locate.place("TR19 7AA"), 20)[0][0]
    again = [one for one in wider.earlier if tuple(one.asked["cell"]) == middle]
    assert again
    assert all(one.key in before for one in again)


def test_two_hundred_miles_are_few_rectangles(bundled: None, db: None) -> None:
    rings = cells.rings(locate.place("LE1 1AA"), 200)
    assert len(rings[0]) == 1
    assert sum(map(len, rings)) <= 40


def test_rectangles_cover_the_circle_and_leave_out_the_sea(bundled: None, db: None) -> None:
    spot = locate.place("LE1 1AA")
    found = [cell for ring in cells.rings(spot, 30) for cell in ring]
    for north in range(-40, 41, 4):
        for east in range(-40, 41, 4):
            latitude, longitude = spot.latitude + north / 90, spot.longitude + east / 55
            if miles(spot.latitude, spot.longitude, latitude, longitude) <= 30:
                assert any(
                    cell.south <= latitude <= cell.north and cell.west <= longitude <= cell.east
                    for cell in found
                )
    coast = locate.place("TR19 7AA")
    at_sea = [cell for ring in cells.rings(coast, 60) for cell in ring]
    assert all(cell.east > coast.longitude - 1 for cell in at_sea)
    assert len(at_sea) < 17


def test_a_rectangle_is_cut_until_it_is_small() -> None:
    cell = cells.Cell(-1.13, 52.63, -1.12, 52.64)
    parts, depth = [cell], 0
    while cut := parts[0].parts():
        assert cells.Cell(cut[0].west, cut[0].south, cut[3].east, cut[3].north) == parts[0]
        parts, depth = cut, depth + 1
    assert 1 < depth < 5


def test_a_full_search_goes_on_in_the_parts_of_its_rectangle(google_places: Asker) -> None:
    asks = wanted("healthcare", miles=5)
    first = google_places.plan(asks, most=1)[0]
    earlier = [
        Earlier(f"{first.key[:-1]}{page}", {**first.asked, "number": page}, 1, 20, 20)
        for page in (1, 2, 3)
    ]
    following = google_places.plan(asks, earlier, missing=500)
    inside = [each for each in following if each.asked["phrase"] == first.asked["phrase"]]
    assert len(inside) == 4


def test_pages_that_can_be_turned_no_more_are_searched_in_parts(
    google_places: Asker, vendors: Running
) -> None:
    asks = wanted("healthcare", miles=15)
    first = google_places.plan(asks, most=1)[0]
    (second,) = google_places.ask(asks, first).more
    stale = type(second)(second.key, {**second.asked, "token": "long-gone"})
    reply = google_places.ask(asks, stale)
    assert (reply.seen, reply.quantity, reply.cost_micros) == ([], 0, 0)
    assert len(reply.more) == 4
    assert all(not each.asked["token"] for each in reply.more)


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("it_msp_expansion", {}, kinds.get("it_msp_expansion").words),
        (
            "it_msp_expansion",
            {"keywords": ["cabling", "Wi-Fi"]},
            ("cabling managed service provider", "Wi-Fi managed service provider"),
        ),
        ("location_based", {"keywords": ["business park"]}, ("business park company",)),
        ("healthcare", {"sectors": ["dentist"]}, ("dentist",)),
        ("location_based", {"sectors": ["62020"]}, ("information technology consultancy",)),
        ("similar_business", {"extra": {"company": "Nobody Ltd", "likeness": ""}}, ()),
    ],
)
def test_what_is_typed_into_the_search(
    bundled: None, db: None, kind: str, more: dict[str, object], said: tuple[str, ...]
) -> None:
    asks = wanted(kind, **more)
    assert tuple(phrases.of(asks.target(), asks.keywords)) == said


def test_it_serves_kinds_that_people_look_for_on_a_map() -> None:
    served = {kind.slug for kind in kinds.KINDS if GooglePlacesSource().serves(kind)}
    assert "education" in served
    assert not served & {"custom_prompt", "planning_applications", "competitor_verification"}


def test_a_quote_is_the_most_that_is_paid_and_calls_nobody(
    google_places: Asker, vendors: Running
) -> None:
    quote = google_places.source.quote(google_places.cast.tenant, wanted("healthcare"))
    assert quote.cost_micros == quote.questions * page_micros() > 0
    assert 0 < quote.questions <= 750
    few = google_places.source.quote(
        google_places.cast.tenant, wanted("healthcare", max_results=10)
    )
    assert few.questions < quote.questions
    assert pages(vendors) == 0


def test_a_person_may_look_at_a_place(
    google_places: Asker, vendors: Running, as_documented: Any
) -> None:
    story = google_places.see_through(wanted("healthcare", miles=3), enough=1)
    vendors.google_places.forget()
    seen, key = story.seen[0], google_places.key
    assert key is not None
    glimpse = look(key, seen.place_id)
    assert glimpse.place_id == seen.place_id
    assert glimpse.name == seen.candidate.name
    assert glimpse.maps_url.startswith("https://")
    with pytest.raises(NotThere):
        look(key, "ChIJ-nobody-knows-this")
    calls = vendors.google_places.calls()
    assert len(calls) == 3
    as_documented("google_places", calls)


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("1 High St, Leicester LE1 1AA, UK", ("1 High St", "Leicester", "LE1 1AA")),
        ("Leicester, UK", ("Leicester", "", "")),
        ("", ("", "", "")),
        ("Unit E1 6AN House, London EC1A 1BB", ("Unit E1 6AN House", "London", "EC1A 1BB")),
        ("皇后大道, Belfast BT11AA, United Kingdom", ("皇后大道", "Belfast", "BT1 1AA")),
    ],
)
def test_an_address_is_taken_apart(written: str, taken: tuple[str, str, str]) -> None:
    assert place.address(written) == taken
