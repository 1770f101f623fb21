"""Whatever a vendor answers, a run goes on: with what can be read, or a sentence."""

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from campaigns.discovery.companies_house import windows
from campaigns.discovery.companies_house.windows import Window
from campaigns.discovery.google_places.glimpse import look
from campaigns.discovery.live import Unanswerable
from campaigns.discovery.sources.companies_house import CompaniesHouseSource
from campaigns.discovery.sources.google_places import GooglePlacesSource, page_micros
from crm.outside.errors import NotAccepted
from tests.discovery.asked import Asker, wanted
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer
from tests.people import Cast

ODD = [
    None, 7, "x", [], {}, {"company_name": None, "company_number": 5},
    {"company_name": "\x00", "company_number": "01234567"},
    {"company_name": "Short Ltd", "company_number": "../../1"},
    {"company_name": "Nowhere Ltd", "company_number": "00000001", "registered_office_address": 3},
]  # fmt: skip


def company(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "company_name": "ДОМ ТЕХНИКИ LIMITED",
        "company_number": f"{number:08}",
        "company_status": "active",
        "date_of_creation": "2020-01-01",
        "registered_office_address": {
            "premises": "5", "address_line_1": "High Street", "locality": "LEICESTER",
            "postal_code": "le11aa",
        },
        "sic_codes": ["62020"],
    } | more  # fmt: skip


def spot(ident: str = "ChIJ1", **more: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "displayName": {"text": "東京 IT"},
        "formattedAddress": "1 High St, Leicester LE1 1AA, UK",
        "location": {"latitude": 52.635, "longitude": -1.13},
    } | more


@pytest.fixture
def house(scripted: Vendor, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(CompaniesHouseSource(), key("companies_house", "quiet-key-1"), cast)


@pytest.fixture
def places(scripted: Vendor, db: None, bundled: None, cast: Cast) -> Asker:
    return Asker(GooglePlacesSource(), key("google_places", "quiet-key-2"), cast)


def says(scripted: Vendor, *said: Any) -> None:
    scripted.says(*(answer(body=json.dumps(each)) for each in said))


def test_one_company_five_hundred_times_is_one(house: Asker, scripted: Vendor) -> None:
    items = [company()] * 500 + ODD
    says(scripted, {"hits": str(len(items)), "items": items})
    asks = wanted("location_based", miles=3)
    first = house.plan(asks)[0]
    reply = house.ask(asks, first)
    (seen,) = reply.seen
    assert seen.candidate.name.casefold() == "дом техники limited"
    assert (seen.candidate.postcode, seen.candidate.town) == ("LE1 1AA", "Leicester")
    assert seen.candidate.address == "5 High Street"
    assert reply.said["left_out"]["unreadable or twice"] >= 500
    assert not reply.more


@pytest.mark.parametrize("said", [None, [], 5, "x", {}, {"items": 3}, {"hits": 4, "items": None}])
def test_what_is_no_list_is_asked_for_once_more(house: Asker, scripted: Vendor, said: Any) -> None:
    says(scripted, said)
    asks = wanted("location_based", miles=3)
    (again,) = house.ask(asks, house.plan(asks)[0]).more
    with pytest.raises(Unanswerable, match="without a list"):
        house.ask(asks, again)


@pytest.mark.parametrize(
    "act", [answer(body='{"items": ['), answer(body="<html>", kind="text/html")]
)
def test_broken_json_and_whole_pages_are_no_companies(
    house: Asker, scripted: Vendor, act: Any
) -> None:
    scripted.says(act)
    asks = wanted("location_based", miles=3)
    reply = house.ask(asks, house.plan(asks)[0])
    assert (reply.seen, len(reply.more)) == ([], 1)
    assert "JSON" in reply.said["unreadable"]


def test_nothing_found_is_nothing(house: Asker, scripted: Vendor) -> None:
    scripted.says(answer(404, "{}"))
    asks = wanted("location_based", miles=3)
    assert house.ask(asks, house.plan(asks)[0]).seen == []


def test_a_day_that_holds_too_many_is_read_page_by_page(
    house: Asker, scripted: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sources.companies_house", "companies_house.answer", "companies_house.wish"):
        monkeypatch.setattr(f"campaigns.discovery.{module}.MOST", 2)
    monkeypatch.setattr("campaigns.discovery.sources.companies_house.DEEPEST", 4)
    says(
        scripted,
        {"hits": 5, "items": [company(1), company(2)]},
        {"hits": 5, "items": [company(3), company(4)]},
    )
    asks = wanted("location_based", miles=3)
    whole = house.plan(asks)[0]
    day = type(whole)("one day", {**whole.asked, "window": ["2020-01-01", "2020-01-01"]})
    first = house.ask(asks, day)
    (following,) = first.more
    second = house.ask(asks, following)
    assert [seen.key for seen in (*first.seen, *second.seen)] == [f"{n:08}" for n in range(1, 5)]
    assert second.more == []
    assert second.said["left_out"] == {"out of reach": 1}


@pytest.mark.parametrize("hits", [16, 90, 5_001, 900_000])
@pytest.mark.parametrize(
    "window",
    [Window(), Window(date(2024, 2, 1)), Window(date(2020, 1, 1), date(2020, 1, 2))],
)
def test_windows_share_all_days_out(window: Window, hits: int) -> None:
    today = date(2026, 11, 22)
    parts = windows.split(window, hits, 5_000, today)[::-1]
    assert (parts[0].first, parts[-1].last) == window
    for one, following in pairwise(parts):
        assert one.last is not None
        assert following.first == one.last + timedelta(days=1)
        assert one.first is None or one.first <= one.last
    assert windows.split(Window(today, today), hits, 5_000, today) == []


def test_places_that_cannot_be_read_are_left_out(places: Asker, scripted: Vendor) -> None:
    odd = [
        None, 3, {}, {"id": 4}, {"id": "x y", "displayName": {"text": "Blank"}},
        {"id": "ChIJ2", "displayName": "text"}, spot(), spot(location="here", id="ChIJ3"),
        spot(id="ChIJ4", websiteUri=7, formattedAddress=None, businessStatus=[]),
        spot(id="ChIJ5", location={"latitude": 1e9, "longitude": True}),
        spot(id="ChIJ6", location={"latitude": 55.0, "longitude": -1.0}),
    ]  # fmt: skip
    says(scripted, {"places": [spot(), *odd], "nextPageToken": 5})
    asks = wanted("healthcare", miles=3)
    reply = places.ask(asks, places.plan(asks)[0])
    assert [seen.key for seen in reply.seen] == ["ChIJ1", "ChIJ3", "ChIJ4", "ChIJ5"]
    assert [seen.miles is None for seen in reply.seen] == [False, True, False, True]
    assert reply.said["left_out"] == {"unreadable": 6, "twice": 1, "outside": 1}
    assert reply.seen[0].candidate.name == "東京 IT"
    assert not reply.more


@pytest.mark.parametrize("said", [None, [], 5, {"places": None}, {"places": {}}])
def test_an_answer_without_places_is_charged_all_the_same(
    places: Asker, scripted: Vendor, said: Any
) -> None:
    says(scripted, said)
    asks = wanted("healthcare", miles=3)
    with pytest.raises(Unanswerable) as raised:
        places.ask(asks, places.plan(asks)[0])
    assert raised.value.cost_micros == page_micros()


def test_nothing_there_is_an_empty_answer(places: Asker, scripted: Vendor) -> None:
    says(scripted, {})
    asks = wanted("healthcare", miles=3)
    reply = places.ask(asks, places.plan(asks)[0])
    assert (reply.seen, reply.more, reply.quantity) == ([], [], 1)


def test_a_search_that_is_refused_says_so(places: Asker, scripted: Vendor) -> None:
    refusal = {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Bad mask."}}
    scripted.says(answer(400, json.dumps(refusal)))
    asks = wanted("healthcare", miles=3)
    with pytest.raises(NotAccepted):
        places.ask(asks, places.plan(asks)[0])


def test_a_page_is_sent_once_only(places: Asker, scripted: Vendor) -> None:
    scripted.says(answer(body="{broken"))
    asks = wanted("healthcare", miles=3)
    with pytest.raises(Unanswerable):
        places.ask(asks, places.plan(asks)[0])
    assert len(scripted.seen) == 1


def test_an_old_id_is_looked_up_by_the_new_one(places: Asker, scripted: Vendor) -> None:
    shown = spot("ChIJnew", rating=4.5, websiteUri="javascript:alert(1)", attributions=[
        {"provider": "Listings Ltd", "providerUri": "https://example.org/"}, 5,
    ])  # fmt: skip
    scripted.says(
        answer(404, '{"error": {"code": 404, "status": "NOT_FOUND"}}'),
        answer(body='{"id": "ChIJnew"}'),
        answer(body=json.dumps(shown)),
    )
    assert places.key is not None
    glimpse = look(places.key, "ChIJold")
    assert (glimpse.place_id, glimpse.rating, glimpse.website) == ("ChIJnew", 4.5, "")
    assert [each.provider for each in glimpse.attributions] == ["Listings Ltd"]
    masks = [each.headers["X-Goog-FieldMask"] for each in scripted.seen]
    assert masks[1] == "id"
    says(scripted, {"id": "ChIJold"})
    with pytest.raises(Unanswerable, match="no name"):
        look(places.key, "ChIJold")
