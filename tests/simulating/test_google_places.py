"""Google's Places, simulated."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulators import Running, fakes, running, world
from tests.simulators.google_places import GooglePlaces

MASK = "places.id,places.displayName,places.location,places.types,places.businessStatus"
LEICESTER = {
    "low": {"latitude": 52.60, "longitude": -1.18},
    "high": {"latitude": 52.67, "longitude": -1.08},
}


@pytest.fixture(scope="module")
def vendors() -> Iterator[Running]:
    with running("google_places", speed=500) as started:
        yield started


@pytest.fixture
def places(vendors: Running) -> GooglePlaces:
    vendors.clock.advance(60)
    vendors.google_places.forget()
    assert isinstance(vendors.google_places, GooglePlaces)
    return vendors.google_places


def search(
    places: GooglePlaces, mask: str = f"{MASK},nextPageToken", key: str = "sim-places", **body: Any
) -> Answer:
    headers = {"X-Goog-Api-Key": key, "X-Goog-FieldMask": mask}
    return ask(f"{places.url}/v1/places:searchText", body, {k: v for k, v in headers.items() if v})


def details(places: GooglePlaces, id_: str, mask: str) -> Answer:
    headers = {"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": mask}
    return ask(f"{places.url}/v1/places/{id_}", headers=headers)


def test_a_rectangle_bounds_what_is_found(places: GooglePlaces) -> None:
    found = search(places, textQuery="dentist", locationRestriction={"rectangle": LEICESTER}).json

    for place in found["places"]:
        assert 52.60 <= place["location"]["latitude"] <= 52.67
        assert "dentist" in place["types"]


def test_what_a_search_showed_is_remembered_with_the_call(places: GooglePlaces) -> None:
    found = search(places, "places.id", textQuery="IT in Leicester").json

    [call] = places.tally.calls()
    assert call["shown"] == [place["id"] for place in found["places"]] != []


def test_only_the_fields_of_the_mask_come(places: GooglePlaces) -> None:
    (first, *_) = search(
        places, "places.displayName.text,places.id", textQuery="IT in Leicester"
    ).json["places"]

    assert set(first) == {"displayName", "id"}
    assert set(first["displayName"]) == {"text"}


def test_three_pages_of_twenty_is_all(places: GooglePlaces) -> None:
    body: dict[str, Any] = {"textQuery": "schools in Manchester"}
    seen: set[str] = set()
    pages = 0
    while True:
        answer = search(places, **body).json
        seen |= {place["id"] for place in answer["places"]}
        pages += 1
        if not (token := answer.get("nextPageToken")):
            break
        body["pageToken"] = token

    assert (pages, len(seen)) == (3, 60)


def test_a_token_is_bound_to_its_query(places: GooglePlaces) -> None:
    token = search(places, textQuery="schools in Manchester").json["nextPageToken"]

    answer = search(places, textQuery="schools in Leeds", pageToken=token)

    assert (answer.status, answer.json["error"]["status"]) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("mask", "body"),
    [
        ("", {"textQuery": "dentist"}),
        ("places.shoeSize", {"textQuery": "dentist"}),
        ("id", {"textQuery": "dentist"}),
        (MASK, {}),
        (MASK, {"textQuery": "dentist", "query": "dentist"}),
        (MASK, {"textQuery": "dentist", "locationRestriction": {"circle": {}}}),
        (MASK, {"textQuery": "dentist", "pageSize": -1}),
    ],
)
def test_a_wrong_request_is_refused(places: GooglePlaces, mask: str, body: dict[str, Any]) -> None:
    answer = search(places, mask, **body)

    assert (answer.status, answer.json["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_keys_are_asked_for(places: GooglePlaces) -> None:
    answers = [
        search(places, key=key, textQuery="dentist") for key in ("", "sim-revoked", "sim-empty")
    ]

    statuses = [(answer.status, answer.json["error"]["status"]) for answer in answers]
    assert statuses == [
        (403, "PERMISSION_DENIED"),
        (400, "INVALID_ARGUMENT"),
        (429, "RESOURCE_EXHAUSTED"),
    ]


def test_details_tell_what_the_world_knows(places: GooglePlaces) -> None:
    one = next(one for one in world.near(52.63, -1.12, 5, "dentist") if one.domain and one.phone)

    place = details(places, one.place_id, "displayName,websiteUri,internationalPhoneNumber").json

    assert place["displayName"]["text"] == one.name
    assert place["websiteUri"] == one.website
    assert place["internationalPhoneNumber"] == f"+44 {one.phone[1:]}"


def test_a_stale_id_is_not_found(places: GooglePlaces) -> None:
    stale = details(places, "ChIJaaaaaaaaaaaaaaaaaaaaaaa", "id")

    assert (stale.status, stale.json["error"]["status"]) == (404, "NOT_FOUND")


def test_calls_are_billed_by_the_dearest_field(places: GooglePlaces) -> None:
    search(places, "places.id", textQuery="dentist in Leeds")
    found = search(places, "places.id,places.displayName", textQuery="dentist in Leeds")
    details(places, found.json["places"][0]["id"], "id,websiteUri")

    assert places.stats()["billed_for"] == {
        "Text Search Essentials (IDs Only)": 1,
        "Text Search Pro": 1,
        "Place Details Enterprise": 1,
    }


def test_a_closed_branch_is_shown_as_closed(places: GooglePlaces) -> None:
    fake = fakes.of_kind("closed-branch")[0]

    found = search(places, textQuery=f"{fake.claim['name']} {fake.town}").json["places"][0]

    assert found["displayName"]["text"] == fake.claim["name"]
    assert found["businessStatus"] == "CLOSED_PERMANENTLY"


def test_nearby_is_sorted_by_distance(places: GooglePlaces) -> None:
    body = {
        "locationRestriction": {
            "circle": {"center": {"latitude": 53.48, "longitude": -2.24}, "radius": 1500}
        },
        "includedTypes": ["dentist"],
        "rankPreference": "DISTANCE",
    }
    headers = {"X-Goog-Api-Key": "sim-places", "X-Goog-FieldMask": MASK}

    found = ask(f"{places.url}/v1/places:searchNearby", body, headers).json["places"]

    def far(place: dict[str, Any]) -> float:
        spot = place["location"]
        return world.geography.miles(53.48, -2.24, spot["latitude"], spot["longitude"])

    assert found == sorted(found, key=far)
    assert far(found[-1]) < 1
