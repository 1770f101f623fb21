"""Google Maps as a provider: the right place or none, and nothing of it kept but its id."""

import json
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from crm.outside.errors import Away, Later, Refused
from enrichment.contract import Subject, Unanswerable
from enrichment.providers import google_place
from enrichment.providers.google_maps import MOST_LOOKS, PROVIDER
from tests.providers.questions import answered, asking, key, subject
from tests.providers.strangers import answering, distorted
from tests.simulating.firms import near
from tests.simulators import Running
from tests.simulators.places import listing
from tests.simulators.places.finding import finder
from tests.simulators.world import Organisation

pytestmark = pytest.mark.django_db
PLACE = {
    "id": "ChIJabcdefghijklmnopq", "displayName": {"text": "Alder & Finch", "languageCode": "en"},
    "formattedAddress": "71 New Dover Rd, Canterbury CT1 3DZ, UK", "rating": 4.6,
    "userRatingCount": 31, "businessStatus": "OPERATIONAL",
    "googleMapsUri": "https://maps.google.com/?cid=123",
    "internationalPhoneNumber": "+44 1227 496012", "websiteUri": "https://alderfinch.co.uk/",
    "attributions": [{"provider": "Listings Ltd", "providerUri": "https://listings.example/"}],
}  # fmt: skip
FOUND = {"places": [{"id": PLACE["id"]}]}


def whom(one: Organisation, **more: Any) -> Subject:
    return subject(name=one.name, postcode=one.postcode, **more)


def finch(**more: Any) -> Subject:
    return subject(**{"name": "Alder & Finch Ltd", "postcode": "ct13dz", **more})


@cache
def listed() -> list[Organisation]:
    """Organisations on the map that have premises."""
    found = (each for each in near() if listing.is_listed(each) and each.postcode)
    return [each for each in found if not listing.of_organisation(each).closed]


@cache
def shown() -> Organisation:
    """One that has been rated, is in business, and is what a search for it names first."""
    rated = (each for each in listed() if listing.of_organisation(each).rated)
    return next(
        each
        for each in rated
        if listing.of_organisation(each).status == "OPERATIONAL"
        and finder(0).text(f"{each.name}, {each.postcode}", None, "", False)[0].id == each.place_id
    )


def looks(vendors: Running) -> int:
    return len(vendors.google_places.calls("/v1/places/"))


def test_the_place_is_shown_and_only_its_id_is_kept(vendors: Running, as_documented: Any) -> None:
    one = shown()
    true = listing.of_organisation(one)

    found = answered(PROVIDER, whom(one))

    assert list(found.told) == []
    assert found.kept == {"place_id": one.place_id}
    passing = found.passing
    assert (passing["place_id"], passing["name"]) == (one.place_id, one.name)
    assert passing["rating"] == listing.place_of(true)["rating"]
    assert passing["ratings"] == true.rated
    assert (passing["state"], passing["state_label"]) == ("open", "In business")
    assert passing["maps_url"] == f"https://maps.google.com/?cid={true.figure}"
    assert passing["attribution"] == "Google Maps"
    assert json.loads(json.dumps(passing)) == passing
    billed = vendors.google_places.stats()["billed_for"]
    assert found.cost_micros == looks(vendors) * PROVIDER.charge() / MOST_LOOKS
    assert billed == {
        "Text Search Essentials (IDs Only)": 1, "Place Details Enterprise": looks(vendors),
    }  # fmt: skip
    as_documented("google_places", vendors.google_places.calls())


def test_of_many_most_are_found_and_none_is_another_s(bundled: None, vendors: Running) -> None:
    found = []
    for one in listed()[:40]:
        answer = answered(PROVIDER, whom(one, website=one.website, phone=one.phone))
        if answer.kept:
            assert answer.kept == {"place_id": one.place_id}
            found.append(one)
        assert answer.cost_micros <= PROVIDER.charge()
    assert len(found) >= 38, f"{len(found)} of 40"


def test_who_is_not_on_the_map_is_a_miss(vendors: Running) -> None:
    absent = [each for each in near() if not listing.is_listed(each) and each.postcode][:20]
    for one in absent:
        found = answered(PROVIDER, whom(one))
        assert (dict(found.kept), dict(found.passing)) == ({}, {})
        assert found.why_nothing == "Google Maps shows no such place at this postcode."
    assert absent


def test_a_known_id_is_looked_at_without_a_search(vendors: Running) -> None:
    one = shown()

    found = answered(PROVIDER, whom(one), kept={"place_id": one.place_id})

    assert found.passing["name"] == one.name
    assert [call["method"] for call in vendors.google_places.calls()] == ["GET"]
    assert found.cost_micros == PROVIDER.charge() / MOST_LOOKS


def test_an_id_that_is_no_more_is_searched_anew(vendors: Running) -> None:
    one = shown()
    vendors.google_places.faults.add("moved")

    found = answered(PROVIDER, whom(one), kept={"place_id": f"ChIJ{'x' * 23}"})

    assert found.kept == {"place_id": one.place_id}
    assert len(vendors.google_places.calls("/v1/places:searchText")) == 1


def test_a_known_id_that_is_another_s_today_is_searched_anew(vendors: Running) -> None:
    one, other = shown(), next(each for each in listed() if each.postcode != shown().postcode)

    found = answered(PROVIDER, whom(one), kept={"place_id": other.place_id})

    assert found.kept == {"place_id": one.place_id}
    assert found.cost_micros == PROVIDER.charge()


def test_who_has_closed_for_good_is_shown_so_and_tells_nothing(settings: Any) -> None:
    said = PLACE | {"businessStatus": "CLOSED_PERMANENTLY"}
    with answering(settings, "GOOGLE_PLACES_URL", FOUND, said):
        found = answered(PROVIDER, finch())

    assert list(found.told) == []
    assert (found.passing["state"], found.passing["state_label"]) == ("closed", "Closed for good")
    assert found.passing["attributions"] == [
        {"provider": "Listings Ltd", "url": "https://listings.example/"}
    ]


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({"displayName": {"text": "Kestrel Fabrications"}}, {}),
        ({"formattedAddress": "9 High St, Canterbury CT1 2AA, UK"}, {}),
        # A branch shares name, website and number.
        (
            {"formattedAddress": "9 High St, Dover CT16 1AA, UK"},
            {"website": "https://alderfinch.co.uk", "phone": "+441227496012"},
        ),
        ({"formattedAddress": "Canterbury, UK"}, {}),
        ({"formattedAddress": "Canterbury, UK"}, {"website": "https://others.co.uk"}),
    ],
)
def test_a_place_of_another_name_or_elsewhere_is_not_taken(
    settings: Any, change: dict[str, Any], known: dict[str, Any]
) -> None:
    with answering(settings, "GOOGLE_PLACES_URL", FOUND, PLACE | change):
        found = answered(PROVIDER, finch(**known))

    assert (dict(found.kept), dict(found.passing)) == ({}, {})
    assert found.cost_micros == PROVIDER.charge() / MOST_LOOKS


@pytest.mark.parametrize(
    ("called", "known", "is_taken"),
    [
        ("Alder & Finch (R Wadhwa)", {"website": "https://others.co.uk"}, False),
        ("Alder & Finch (R Wadhwa)", {"phone": "+441227496099"}, False),
        ("Alder & Finch (R Wadhwa)", {}, True),
        (
            "Alder & Finch (R Wadhwa)",
            {"website": "https://others.co.uk", "phone": "+441227496012"},
            True,
        ),
        # A website can be new.
        ("Alder & Finch", {"website": "https://others.co.uk"}, True),
    ],
)
def test_of_two_in_one_house_who_are_called_alike_each_has_its_own_place(
    settings: Any, called: str, known: dict[str, Any], is_taken: bool
) -> None:
    with answering(settings, "GOOGLE_PLACES_URL", FOUND, PLACE | {"displayName": {"text": called}}):
        found = answered(PROVIDER, finch(**known))

    assert bool(found.kept) is is_taken


@pytest.mark.parametrize(
    "known", [{"website": "http://www.alderfinch.co.uk/a"}, {"phone": "01227 496012"}]
)
def test_who_only_visits_customers_is_known_by_website_or_number(
    settings: Any, known: dict[str, Any]
) -> None:
    said = PLACE | {"formattedAddress": "Canterbury, UK"}
    with answering(settings, "GOOGLE_PLACES_URL", FOUND, said):
        found = answered(PROVIDER, finch(**known))

    assert found.kept == {"place_id": PLACE["id"]}


def test_no_more_places_are_paid_for_than_were_set_aside(settings: Any) -> None:
    many = {"places": [{"id": f"ChIJ{at:020}"} for at in range(500)]}
    with answering(settings, "GOOGLE_PLACES_URL", many, PLACE) as vendor:
        found = answered(PROVIDER, subject(name="Nobody At All", postcode="CT1 3DZ"))

    assert len(vendor.seen) == 1 + MOST_LOOKS
    assert found.cost_micros == PROVIDER.charge()


def test_what_was_paid_is_told_when_google_then_wants_to_be_left_alone(
    vendors: Running, settings: Any
) -> None:
    one, other = shown(), next(each for each in listed() if each.postcode != shown().postcode)
    vendors.google_places.faults.add("quota", path="/v1/places:searchText", times=None)
    question = asking(PROVIDER, whom(one), kept={"place_id": other.place_id})

    with pytest.raises(Unanswerable) as caught:
        PROVIDER.ask(replace(question, key=key("google_places", "busy-later")))

    assert caught.value.cost_micros == PROVIDER.charge() / MOST_LOOKS


def test_the_same_place_has_the_same_name() -> None:
    assert PROVIDER.about(finch()) == "alder & finch ltd, CT1 3DZ"
    assert PROVIDER.about(finch(name=" Alder &  FINCH Ltd")) == "alder & finch ltd, CT1 3DZ"
    assert PROVIDER.about(finch(name=["x" * 5_000]))[-9:] == ", CT1 3DZ"


@pytest.mark.parametrize(
    "who",
    [
        subject(name="Acme"), subject(postcode="LE1 1AA"), subject(name="Acme", postcode="LE1"),
        subject(name=5, postcode=["LE1 1AA"]), subject(name="Acme", postcode=[None, 7]),
    ],
)  # fmt: skip
def test_without_a_name_and_a_postcode_nobody_is_asked(who: Subject) -> None:
    assert PROVIDER.about(who) == ""
    with pytest.raises(Unanswerable):
        PROVIDER.ask(asking(PROVIDER, who))


@pytest.mark.parametrize("spoil", ["nulls", "other-types", "empty", "wrapped"])
@pytest.mark.parametrize("path", ["/v1/places:searchText", "/v1/places/"])
def test_an_answer_without_sense_tells_nothing(vendors: Running, spoil: str, path: str) -> None:
    vendors.google_places.faults.add(spoil, path=path, times=None)

    with suppress(Unanswerable):
        found = answered(PROVIDER, whom(shown()))
        assert (list(found.told), dict(found.kept), dict(found.passing)) == ([], {}, {})


@pytest.mark.parametrize(
    ("fault", "error"), [("revoked", Refused), ("quota", Later), ("500", Away)]
)
def test_in_trouble_it_says_why(vendors: Running, fault: str, error: type[Exception]) -> None:
    vendors.google_places.faults.add(fault, times=None)

    with pytest.raises(error):
        PROVIDER.ask(asking(PROVIDER, whom(shown()), key=key("google_places", f"key-{fault}")))


def test_no_wild_value_raises_anything_or_is_a_link_elsewhere() -> None:
    for wild in distorted(PLACE):
        place = google_place.read(wild)
        if place is not None:
            google_place.is_of(place, finch())
            assert place.shown["rating"] in (4.6, None)
            assert place.shown["maps_url"] in (PLACE["googleMapsUri"], "")
            assert len(json.dumps(place.shown)) < 6_000
            assert "javascript" not in json.dumps(place.shown["attributions"][:1]).lower() or (
                place.shown["attributions"][0]["url"] == "https://listings.example/"
            )
    for wild in (None, [], "", 5, {}, [PLACE]):
        assert google_place.read(wild) is None


def test_a_link_that_leads_elsewhere_is_none() -> None:
    for url in ("https://maps.google.com.evil.example/", "https://google.com@evil.example/x",
                "javascript:alert(1)", "//google.com/x", "https://evilgoogle.com/"):  # fmt: skip
        place = google_place.read(PLACE | {"googleMapsUri": url})
        assert place is not None
        assert place.shown["maps_url"] == ""
