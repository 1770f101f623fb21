"""Google's details of a place."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulating.firms import near
from tests.simulators import running
from tests.simulators.google_places import GooglePlaces
from tests.simulators.places.listing import is_listed
from tests.simulators.truth import presence

MASK = "id,rating,userRatingCount,businessStatus,regularOpeningHours,currentOpeningHours"


@pytest.fixture(scope="module")
def places() -> Iterator[GooglePlaces]:
    with running("google_places", speed=500) as vendors:
        assert isinstance(vendors.google_places, GooglePlaces)
        yield vendors.google_places


def details(places: GooglePlaces, place_id: str, mask: str = MASK) -> Answer:
    headers = {"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": mask}
    return ask(f"{places.url}/v1/places/{place_id}", headers=headers)


def test_details_tell_of_ratings_and_hours_for_a_price(places: GooglePlaces) -> None:
    found = []
    places.forget()
    for one in [one for one in near() if is_listed(one)][:150]:
        found.append((one, details(places, one.place_id).json))
        places.clock.advance(0.2)

    statuses = Counter(place["businessStatus"] for _, place in found)
    assert statuses["OPERATIONAL"] > 130
    assert 0 < sum("rating" not in place for _, place in found) < 40
    for one, place in found:
        assert ("rating" in place) == ("userRatingCount" in place)
        said = "regularOpeningHours" in place
        opens = place["businessStatus"] == "OPERATIONAL" and presence.hours(one) is not None
        assert said == opens
    assert set(places.stats()["billed_for"]) == {"Place Details Enterprise"}


def test_hours_are_those_of_the_organisation(places: GooglePlaces) -> None:
    one = next(one for one in near() if is_listed(one) and presence.hours(one))

    place = details(places, one.place_id, "regularOpeningHours,currentOpeningHours").json
    hours = presence.hours(one)

    assert hours is not None
    points = [period["open"] for period in place["regularOpeningHours"]["periods"]]
    monday = next(point for point in points if point["day"] == 1)
    opens = f"{monday['hour']:02d}:{monday['minute']:02d}"
    assert hours[0] is not None
    assert opens == hours[0][0]
    assert len(place["regularOpeningHours"]["weekdayDescriptions"]) == 7
    assert "date" in place["currentOpeningHours"]["periods"][0]["open"]


def test_only_what_the_mask_names_is_told(places: GooglePlaces) -> None:
    one = next(one for one in near() if is_listed(one))

    assert set(details(places, one.place_id, "id,businessStatus").json) == {"id", "businessStatus"}
    assert details(places, one.place_id, "stars").status == 400


def test_a_place_may_have_got_another_id(places: GooglePlaces) -> None:
    one = next(one for one in near() if is_listed(one))
    places.faults.add("moved")

    answer = details(places, one.place_id)

    assert (answer.status, answer.json["error"]["status"]) == (404, "NOT_FOUND")
    assert details(places, one.place_id).status == 200
