"""Apollo and Hunter as sources: companies by words, town and size, page by page, each paid."""

import json
from collections import Counter
from typing import Any

import pytest

from campaigns import kinds
from campaigns.discovery import towns
from campaigns.discovery.apollo import search as apollo_search
from campaigns.discovery.hunter import search as hunter_search
from campaigns.discovery.live import Unanswerable
from campaigns.discovery.sources.apollo import Apollo
from campaigns.discovery.sources.hunter import Hunter
from crm.credits import prices
from crm.outside.errors import Refused
from tests.discovery.asked import Asker, wanted
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer
from tests.people import Cast
from tests.simulators import Running

BOTH = pytest.mark.parametrize("slug", ["apollo", "hunter"])


@pytest.fixture
def asker(request: pytest.FixtureRequest, slug: str) -> Asker:
    found: Asker = request.getfixturevalue(slug)
    return found


@BOTH
def test_companies_are_told_of_once_and_each_page_is_paid(
    slug: str, asker: Asker, vendors: Running, as_documented: Any
) -> None:
    story = asker.see_through(wanted("it_msp_expansion", max_results=100), enough=150)
    assert len(story.seen) >= 150
    assert max(Counter(story.keys).values()) == 1
    assert len({seen.candidate.website for seen in story.seen}) == len(story.seen)
    assert {seen.candidate.source for seen in story.seen} == {slug}
    simulator: Any = getattr(vendors, slug)
    calls = simulator.calls()
    assert len({json.dumps([call["query"], call["json"]]) for call in calls}) == len(calls)
    stats = simulator.stats()
    assert stats["limit_breaches"] == 0
    charged = sum(reply.cost_micros for reply in story.replies)
    assert charged == stats["billed"] * prices.vendor(slug, "credit")
    as_documented(slug, calls)


@BOTH
def test_it_ends_where_there_is_nobody_more(slug: str, asker: Asker) -> None:
    story = asker.see_through(wanted("healthcare", "LE1 1AA", 5))
    assert story.seen
    assert len(story.asked) <= asker.source.quote(asker.cast.tenant, wanted("healthcare")).questions
    assert asker.plan(wanted("healthcare", "LE1 1AA", 5), story.earlier) == []


@BOTH
def test_size_narrows_what_is_asked(slug: str, asker: Asker) -> None:
    everybody = asker.see_through(wanted("it_msp_expansion", miles=5))
    few = asker.see_through(wanted("it_msp_expansion", miles=5, min_employees=201))
    assert set(few.keys) < set(everybody.keys)


@BOTH
def test_a_quote_names_the_most_and_calls_nobody(slug: str, asker: Asker, vendors: Running) -> None:
    quote = asker.source.quote(asker.cast.tenant, wanted("it_msp_expansion", max_results=100))
    assert quote.questions == 5
    assert quote.cost_micros == 5 * asker.source.charge()
    assert getattr(vendors, slug).calls() == []


def test_only_where_somebody_has_the_job(
    apollo: Asker, vendors: Running, as_documented: Any
) -> None:
    asks = wanted("it_msp_expansion", miles=5, job_titles=["IT manager"], max_results=30)
    story = apollo.see_through(asks, enough=10)
    assert story.seen
    assert all(seen.candidate.job_title for seen in story.seen if seen.candidate.website)
    # The title and no more: names of people are not asked for, nor made up.
    assert {seen.candidate.contact_name for seen in story.seen} == {""}
    assert story.left_out("nobody with the job")
    people = vendors.apollo.calls("/api/v1" + apollo_search.PEOPLE)
    assert people
    # Looking for people costs nothing.
    pages = len(vendors.apollo.calls("/api/v1" + apollo_search.COMPANIES))
    assert sum(reply.cost_micros for reply in story.replies) == pages * Apollo().charge()
    as_documented("apollo", people)


def test_paid_companies_are_kept_when_people_cannot_be_asked(
    scripted: Vendor, db: None, bundled: None, cast: Cast
) -> None:
    page = {"organizations": [{"id": "1", "name": "Acme", "primary_domain": "acme.co.uk"}]}
    scripted.says(answer(body=json.dumps(page)), answer(403, '{"error_code": "API_INACCESSIBLE"}'))
    asker = Asker(Apollo(), key("apollo", "k"), cast)
    asks = wanted("healthcare", job_titles=["Practice manager"])
    [question, *_] = asker.plan(asks)
    reply = asker.ask(asks, question)
    assert [seen.candidate.name for seen in reply.seen] == ["Acme"]
    assert reply.said["people"]


@BOTH
@pytest.mark.parametrize("body", ["[]", "{}", '{"organizations": {}, "data": "x"}', "null", "3"])
def test_an_answer_without_companies_is_said_to_be_one(
    slug: str, body: str, scripted: Vendor, db: None, bundled: None, cast: Cast
) -> None:
    scripted.says(answer(body=body))
    source = Apollo() if slug == "apollo" else Hunter()
    asker = Asker(source, key(slug, body), cast)
    asks = wanted("healthcare")
    with pytest.raises(Unanswerable) as error:
        asker.ask(asks, asker.plan(asks)[0])
    assert error.value.cost_micros == source.charge()


@BOTH
def test_what_makes_no_sense_in_an_answer_is_left_out(
    slug: str, scripted: Vendor, db: None, bundled: None, cast: Cast
) -> None:
    odd: list[Any] = [
        None, 7, "x", [], {}, {"id": 3, "name": ["x"]}, {"id": "2", "name": ""},
        {"domain": 4, "organization": "Acme"}, {"domain": "acme.co.uk", "organization": None},
        {"domain": "facebook.com", "organization": "Acme"},
        {"domain": "acme.de", "organization": "Acme", "country": "DE"},
    ]  # fmt: skip
    good = {"id": "1", "name": "Ac\x00me", "organization": "Ac\x00me", "domain": "acme.co.uk"}
    good |= {"website_url": "http://acme.co.uk", "phone": "+44442032825382"}
    items = [*odd, good, good | {"id": "9"}]
    scripted.says(answer(body=json.dumps({"organizations": items, "data": items})))
    source = Apollo() if slug == "apollo" else Hunter()
    asker = Asker(source, key(slug, "odd"), cast)
    asks = wanted("healthcare")
    reply = asker.ask(asks, asker.plan(asks)[0])
    [seen] = reply.seen
    assert (seen.candidate.name, seen.candidate.phone) == ("Acme", "")
    assert reply.said["left_out"] == {"unreadable": len(odd), "twice": 1}


def test_hunter_says_that_its_credits_are_used_up(
    scripted: Vendor, db: None, bundled: None, cast: Cast
) -> None:
    scripted.says(answer(429, '{"errors": [{"id": "too_many_requests", "code": 429}]}'))
    asker = Asker(Hunter(), key("hunter", "used up"), cast)
    asks = wanted("healthcare")
    with pytest.raises(Refused) as refused:
        asker.ask(asks, asker.plan(asks)[0])
    assert refused.value.kind == "credit"


def test_words_that_are_asked_for_come_before_those_of_the_kind(apollo: Asker) -> None:
    [first, *_] = apollo.plan(wanted("it_msp_expansion", keywords=["cloud"], sectors=["dentist"]))
    assert first.asked["words"] == ["cloud", "Dentist"]
    [first, *_] = apollo.plan(wanted("it_msp_expansion"))
    assert "cloud" not in first.asked["words"]
    assert first.asked["words"]
    [first, *_] = apollo.plan(wanted("location_based"))
    assert first.asked["words"] == []


def test_towns_come_nearest_first(db: None, bundled: None) -> None:
    named = towns.of(wanted("healthcare", "LE1 1AA", 15).target())
    assert named[0] == "Leicester"
    assert "Loughborough" in named
    assert len(named) == len(set(named))


def test_size_is_said_as_each_of_them_wants_it(db: None, bundled: None) -> None:
    assert apollo_search.sizes(wanted("healthcare", min_employees=10)) == ["10,1000000"]
    assert apollo_search.sizes(wanted("healthcare", max_employees=50)) == ["1,50"]
    assert apollo_search.sizes(wanted("healthcare")) == []
    between = wanted("healthcare", min_employees=50, max_employees=300)
    assert hunter_search.headcount(between) == ["11-50", "51-200", "201-500"]
    assert hunter_search.headcount(wanted("healthcare", min_employees=6_000)) == [
        "5001-10000",
        "10001+",
    ]
    assert hunter_search.headcount(wanted("healthcare")) == []


def test_which_kinds_they_serve() -> None:
    neither = {"planning_applications", "custom_prompt", "competitor_verification"}
    assert {kind.slug for kind in kinds.KINDS if not Hunter().serves(kind)} == neither
    served = {kind.slug for kind in kinds.KINDS if not Apollo().serves(kind)}
    assert served == neither | {"new_businesses"}
