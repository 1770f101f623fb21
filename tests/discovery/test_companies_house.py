"""Companies House as a source: everybody of a kind in the circle, once, in few calls."""

from collections import Counter
from typing import Any

import pytest

from campaigns import kinds
from campaigns.criteria import Criteria
from campaigns.discovery import around
from campaigns.discovery.companies_house import search
from campaigns.discovery.registers import asked
from campaigns.discovery.sources.companies_house import CompaniesHouseSource
from crm.places import locate
from crm.places.models import FullPostcode, Outward
from crm.registers.near import OUTWARD_ERROR_MILES
from tests.discovery.asked import Asker, wanted
from tests.geometry import miles
from tests.simulators import Running, world
from tests.simulators.companies.register import Company, register
from tests.simulators.world import Organisation

# No postcode lies so far from the centre of its outward code.
FAR = 20
MODULES = ("sources.companies_house", "companies_house.answer", "companies_house.wish")


def registered(one: Organisation) -> str:
    return one.registered_address[2] if one.registered_address else one.postcode


def of_codes(codes: tuple[str, ...]) -> list[Organisation]:
    everybody = world.population()
    found = {at for code in codes for at in everybody.of_sic(code)}
    return [one for one in map(everybody.at, sorted(found)) if one.number and one.is_company]


def inside(asks: Criteria) -> set[str]:
    """Who is registered in the circle, by the numbers of those that trade."""
    place = asks.target().place
    centres = {row.code: row for row in Outward.objects.exclude(latitude=None)}
    near = [
        (one, centre)
        for one in of_codes(asks.kind.sic_codes)
        if one.status == "active"
        and (centre := centres.get(registered(one).partition(" ")[0]))
        and apart(place, centre) <= asks.miles + FAR
    ]
    known = FullPostcode.objects.in_bulk({registered(one) for one, _ in near})
    return {
        one.number
        for one, centre in near
        if apart(place, known.get(registered(one), centre)) <= asks.miles
    }


def apart(one: Any, other: Any) -> float:
    return miles(one.latitude, one.longitude, other.latitude, other.longitude)


def calls(vendors: Running) -> list[dict[str, object]]:
    return vendors.companies_house.calls()


@pytest.fixture
def everybody() -> list[Company]:
    """To look through all companies for the first time takes longer than a call may."""
    return list(register(0).everything())


@pytest.mark.parametrize(
    ("kind", "postcode", "radius", "most_calls"),
    [
        ("it_msp_expansion", "LE1 1AA", 15, 40),
        ("retail_office", "EC1A 1BB", 1, 150),
        ("it_msp_expansion", "TR19 7AA", 20, 20),
        ("manufacturing", "BT1 1AA", 10, 35),
        ("healthcare", "LE1 1AA", 5, 20),
    ],
)
def test_every_company_of_the_kind_is_told_of_once(
    companies_house: Asker,
    vendors: Running,
    as_documented: Any,
    kind: str,
    postcode: str,
    radius: int,
    most_calls: int,
) -> None:
    asks = wanted(kind, postcode, radius)
    story = companies_house.see_through(asks)
    assert max(Counter(story.keys).values()) == 1
    there = inside(asks)
    assert there, "there is somebody to find"
    assert there <= set(story.keys)
    assert all(not seen.closed for seen in story.seen)
    assert story.left_out("out of reach") == 0
    assert len(calls(vendors)) <= most_calls
    assert vendors.companies_house.stats()["limit_breaches"] == 0
    as_documented("companies_house", calls(vendors))


def test_nobody_is_told_of_who_is_surely_outside(companies_house: Asker) -> None:
    asks = wanted("it_msp_expansion", miles=3)
    story = companies_house.see_through(asks)
    place = asks.target().place
    for seen in story.seen:
        there = locate.place(seen.candidate.postcode)
        apart = miles(place.latitude, place.longitude, there.latitude, there.longitude)
        assert apart <= 3 + (OUTWARD_ERROR_MILES if there.precision == "outward" else 0)


def test_a_company_comes_with_what_the_register_says(companies_house: Asker) -> None:
    story = companies_house.see_through(wanted("it_msp_expansion", miles=1), enough=1)
    seen = story.seen[0]
    one = world.by_number(seen.key)
    assert one is not None
    told = seen.candidate
    assert told.company_number == one.number
    assert told.name.casefold() == one.legal_name.casefold()
    assert told.postcode == registered(one)
    assert told.trade in kinds.get("it_msp_expansion").sic_codes
    assert told.industry == "technology"
    assert told.source == "companies_house"
    assert seen.pages == (
        f"https://find-and-update.company-information.service.gov.uk/company/{one.number}",
    )
    assert seen.company is not None
    assert seen.company["company_status"] == "active"
    assert not seen.place_id


def test_two_hundred_miles_are_walked_from_the_middle(
    companies_house: Asker, vendors: Running
) -> None:
    asks = wanted("it_msp_expansion", "M1 1AA", 200, max_results=100)
    story = companies_house.see_through(asks, enough=100)
    assert len(set(story.keys)) >= 100
    assert len(calls(vendors)) <= 25
    assert {each["at"] for each in (one.asked for one in story.earlier) if each["at"]} <= {
        near.code for near in around.outwards(asks.target())[:24]
    }
    assert companies_house.plan(asks, story.earlier, missing=0) == []
    assert len(companies_house.plan(asks, story.earlier, missing=500)) <= 16
    assert len(companies_house.plan(asks, story.earlier, missing=500, most=3)) == 3


def test_what_is_rare_in_the_kingdom_takes_two_calls(
    companies_house: Asker, vendors: Running
) -> None:
    story = companies_house.see_through(wanted("manufacturing", "M1 1AA", 30))
    assert len(calls(vendors)) == 2
    assert len(story.seen) > 50
    spots = [locate.place(seen.candidate.postcode) for seen in story.seen]
    middle = locate.place("M1 1AA")
    apart = [
        miles(middle.latitude, middle.longitude, spot.latitude, spot.longitude) for spot in spots
    ]
    assert apart == sorted(apart)


def test_windows_are_split_until_no_answer_is_cut(
    companies_house: Asker, vendors: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = wanted("it_msp_expansion", miles=3)
    whole = companies_house.see_through(asks)
    for module in MODULES:
        monkeypatch.setattr(f"campaigns.discovery.{module}.MOST", 15)
    vendors.companies_house.forget()
    story = companies_house.see_through(asks)
    assert max(Counter(story.keys).values()) == 1
    assert sorted(story.keys) == sorted(whole.keys)
    for each, reply in zip(story.earlier, story.replies, strict=True):
        if each.asked["step"] == "tell":
            assert reply.more or reply.said["hits"] <= 15
    assert len(calls(vendors)) <= 10 + len(whole.keys) // 3


def test_a_wider_circle_asks_again_only_where_the_narrower_ended(companies_house: Asker) -> None:
    story = companies_house.see_through(wanted("it_msp_expansion", miles=15))
    inside = {each.asked["at"] for each in story.earlier if not each.asked["circle"]}
    assert inside
    wider = companies_house.see_through(wanted("it_msp_expansion", miles=20), story=story)
    assert max(Counter(one.asked["at"] for one in wider.earlier if one.asked["at"]).values()) == 2
    again = [one.asked["at"] for one in wider.earlier]
    assert all(again.count(code) == 1 for code in inside)


@pytest.mark.usefixtures("everybody")
def test_what_opened_lately_is_asked_by_its_day(companies_house: Asker, vendors: Running) -> None:
    asks = wanted("new_businesses", "M1 1AA", 10, extra={"months": "6"})
    story = companies_house.see_through(asks)
    since = asked.since(asks.target()).isoformat()
    assert story.seen
    opened = {key: one.incorporated for key in story.keys if (one := world.by_number(key))}
    assert opened
    assert min(opened.values()) >= since
    assert all(call["query"]["incorporated_from"] == [since] for call in calls(vendors))


def test_named_competitors_are_looked_up_by_their_names(
    companies_house: Asker, vendors: Running
) -> None:
    story = companies_house.see_through(wanted("it_msp_expansion", miles=3), enough=3)
    names = [world.by_number(key) for key in story.keys[:3]]
    lines = [one.legal_name for one in names if one]
    vendors.companies_house.forget()
    extra = {"companies": "\n".join([lines[0].upper(), "", f" {lines[1]} ", "Nobody at all Ltd"])}
    story = companies_house.see_through(wanted("competitor_verification", extra=extra, miles=15))
    assert {names[0].number, names[1].number} <= set(story.keys)  # type: ignore[union-attr]
    assert len(calls(vendors)) == 3


def test_the_likes_of_a_company_have_its_codes(companies_house: Asker, vendors: Running) -> None:
    it = next(one for one in of_codes(("62020",)) if one.outward == "LE1")
    vendors.companies_house.forget()
    asks = wanted("similar_business", extra={"company": it.legal_name}, miles=3)
    story = companies_house.see_through(asks)
    assert it.number in story.keys
    assert len(story.keys) > 10
    codes = {code for seen in story.seen for code in (seen.company or {})["sic_codes"]}
    assert codes & set(it.sic_codes)
    assert companies_house.plan(asks, story.earlier) == []


def test_the_likes_of_nobody_are_nobody(companies_house: Asker, vendors: Running) -> None:
    asks = wanted("similar_business", extra={"company": "Nobody knows this one Ltd"})
    story = companies_house.see_through(asks)
    assert (story.seen, len(calls(vendors))) == ([], 1)


@pytest.mark.parametrize(
    ("given", "bare"),
    [
        ("Acme Cabling Ltd.", "Acme Cabling"),
        ("ACME LIMITED", "ACME"),
        ("https://www.acme-cabling.co.uk/about", "acme cabling"),
        ("Дом", "Дом"),
        ("  ", ""),
    ],
)
def test_a_name_is_looked_for_without_its_legal_form(given: str, bare: str) -> None:
    assert search.bare(given) == bare


def test_sectors_narrow_what_is_asked(companies_house: Asker) -> None:
    codes = search.of(wanted("healthcare", sectors=["dentist"]).target())
    assert codes is not None
    assert codes.codes == ("86230",)
    codes = search.of(wanted("location_based", sectors=["62020"]).target())
    assert codes is not None
    assert codes.codes == ("62020",)
    unheard = wanted("location_based", sectors=["wedding_venue"])
    assert search.of(unheard.target()) is None
    assert companies_house.plan(unheard) == []
    assert companies_house.source.quote(companies_house.cast.tenant, unheard).questions == 0


def test_it_serves_what_companies_house_can_tell() -> None:
    served = {kind.slug for kind in kinds.KINDS if CompaniesHouseSource().serves(kind)}
    assert kinds.BY_SLUG.keys() - served == {"planning_applications", "custom_prompt"}


def test_a_quote_calls_nobody(companies_house: Asker, vendors: Running) -> None:
    quote = companies_house.source.quote(companies_house.cast.tenant, wanted("education"))
    assert quote.questions > 30
    assert quote.cost_micros == 0
    assert quote.seconds[0] <= quote.seconds[1] <= 60
    assert quote.expects[0] <= quote.expects[1] == 500
    assert calls(vendors) == []


@pytest.mark.usefixtures("everybody")
def test_what_was_asked_before_midnight_is_not_asked_again(
    companies_house: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = wanted("new_businesses", "M1 1AA", 10)
    story = companies_house.see_through(asks)
    since = asked.since(asks.target())
    tomorrow = since.replace(day=since.day - 1 if since.day > 1 else 2)
    monkeypatch.setattr(asked, "since", lambda _: tomorrow)
    assert companies_house.plan(asks, story.earlier) == []
