"""Apollo's people as a provider: found for nothing, revealed for a credit each."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crm import jobs
from crm.credits import prices
from crm.outside.errors import Later, Refused
from enrichment.contract import Answer, Unanswerable
from enrichment.providers.apollo import people as reading
from enrichment.providers.apollo_people import PROVIDER
from tests.outside.vendor import answer, serving
from tests.providers.questions import answered, are_well_formed, asking, key, subject
from tests.providers.strangers import answering
from tests.simulating.firms import like
from tests.simulators import Running
from tests.simulators.prospects import apollo_ids
from tests.simulators.truth import Truth

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SEARCH, REVEAL = "/api/v1" + reading.SEARCH, "/api/v1" + reading.REVEAL


def people(found: Answer) -> dict[str, dict[str, Any]]:
    """What was told of each person, by their key."""
    told: dict[str, dict[str, Any]] = {}
    for each in found.told:
        told.setdefault(each.about, {})[each.field] = each
    return told


def known(vendors: Running, fits: Callable[[Truth], bool] = lambda _: True) -> Truth:
    """Somebody of whom Apollo knows three people who are there."""
    apollo: Any = vendors.apollo

    def is_known(about: Truth) -> bool:
        there = [who for who in about.told_by("apollo") if who.current]
        return apollo.knowledge.knows(about.one) and len(there) >= 3 and fits(about)

    return like(is_known)


def test_those_who_work_there_are_revealed(vendors: Running, as_documented: Any) -> None:
    about = known(vendors)
    found = answered(PROVIDER, subject(website=about.one.domain, name=about.one.name))

    are_well_formed(found, TODAY)
    told = people(found)
    theirs = {
        apollo_ids.of_person(about.one, who): who for who in about.told_by("apollo") if who.current
    }
    assert told.keys() == theirs.keys()
    for ident, each in told.items():
        assert each["name"].value == theirs[ident].name
        assert each["job_title"].value == theirs[ident].title
        assert each["job_title"].as_of == date(2026, 10, 5)
        if "email" in each:
            assert each["email"].value == theirs[ident].email
        if "linkedin" in each:
            assert each["linkedin"].value.startswith("https://www.linkedin.com/in/")
    assert any("email" in each for each in told.values())
    billed = vendors.apollo.stats()["billed"]
    assert found.cost_micros == prices.vendor("apollo", "credit", billed)
    assert found.quantity == billed <= len(told)
    as_documented("apollo", vendors.apollo.calls())


def test_only_who_has_the_job_is_paid_for(vendors: Running) -> None:
    title = "Managing Director"

    def fits(about: Truth) -> bool:
        jobs_there = [jobs.fit(title, who.title) for who in about.told_by("apollo") if who.current]
        return 0 < len([each for each in jobs_there if each]) < len(jobs_there)

    about = known(vendors, fits)
    asks = replace(subject(website=about.one.domain, name=about.one.name), titles=[title])
    told = people(answered(PROVIDER, asks))

    assert told
    assert all(jobs.fit(title, each["job_title"].value) for each in told.values())
    (revealed,) = vendors.apollo.calls(REVEAL)
    assert {each["id"] for each in revealed["json"]["details"]} >= told.keys()
    assert len(revealed["json"]["details"]) < len(about.told_by("apollo"))
    assert PROVIDER.about(asks) == f"{about.one.domain}: managing director"


def test_where_nobody_has_the_job_nothing_is_paid(vendors: Running) -> None:
    about = known(vendors)
    asks = replace(subject(website=about.one.domain), titles=["Lighthouse keeper"])
    found = answered(PROVIDER, asks)

    assert not found.told
    assert found.why_nothing
    assert found.cost_micros == vendors.apollo.stats()["billed"] == 0
    assert not vendors.apollo.calls(REVEAL)


# What a vendor may say, too.


def glimpsed(ident: str = "p1", **more: Any) -> dict[str, Any]:
    usual = {
        "id": ident,
        "first_name": "Jo",
        "title": "Director",
        "has_email": True,
        "last_refreshed_at": "2026-10-05T09:30:00.000+00:00",
        "organization": {"name": "Acme"},
    }
    return usual | more


def match(ident: str = "p1", **more: Any) -> dict[str, Any]:
    usual = {
        "id": ident,
        "name": "Jo Smith",
        "title": "Director",
        "email": "jo@acme.example",
        "email_status": "verified",
        "linkedin_url": "http://www.linkedin.com/in/jo-smith",
        "organization": {"primary_domain": "acme.example", "name": "Acme"},
    }
    return usual | more


def matched(*matches: Any, **more: Any) -> dict[str, Any]:
    return {"matches": [*matches], "credits_consumed": len(matches)} | more


def found_of(*glimpses: Any) -> dict[str, Any]:
    return {"people": [*glimpses]}


Ask = Callable[..., Answer]


@pytest.fixture
def ask(settings: Any) -> Ask:
    """Ask an Apollo that says these, one after the other, about acme.example."""

    def asking_it(*said: Any, **more: Any) -> Answer:
        about = replace(subject(website="https://acme.example", name="Acme Ltd"), **more)
        with answering(settings, "APOLLO_URL", *said) as vendor:
            found = answered(PROVIDER, about, today=TODAY, key=key("apollo", str(said)[:500]))
        asking_it.seen = vendor.seen  # type: ignore[attr-defined]
        return found

    return asking_it


def test_the_whole_of_one_person(ask: Ask) -> None:
    found = ask(found_of(glimpsed()), matched(match()))
    told = people(found)["p1"]
    assert {name: each.value for name, each in told.items()} == {
        "name": "Jo Smith",
        "job_title": "Director",
        "email": "jo@acme.example",
        "linkedin": "https://www.linkedin.com/in/jo-smith",
    }
    assert told["email"].way == "provider_checked"
    assert {each.way for name, each in told.items() if name != "email"} == {"provider"}
    assert (found.quantity, found.cost_micros) == (1, prices.vendor("apollo", "credit"))


@pytest.mark.parametrize(
    ("more", "way"),
    [
        ({"email_status": "verified"}, "provider_checked"),
        ({"email_status": "extrapolated"}, "provider"),
        ({"email_status": "guessed"}, "provider"),
        ({"email_status": None}, "provider"),
        ({"email_status": "unavailable"}, ""),
        ({"email_status": "bounced"}, ""),
        ({"email": "email_not_unlocked@domain.com"}, ""),
        ({"email": "jo@other.example"}, ""),
        ({"email": "jo@gmail.com"}, ""),
        ({"email": "jo@mailinator.com"}, ""),
        ({"email": "info@acme.example"}, ""),
        ({"email": {"a": 1}}, ""),
    ],
)
def test_an_address_is_as_good_as_apollos_word_of_it(
    more: dict[str, Any], way: str, ask: Ask
) -> None:
    told = people(ask(found_of(glimpsed()), matched(match(**more))))["p1"]
    assert ("email" in told) is bool(way)
    assert not way or told["email"].way == way
    assert told["name"].value == "Jo Smith"


@pytest.mark.parametrize(
    "given",
    [
        match("p2"),
        match(organization={"primary_domain": "other.example"}),
        match(organization={"primary_domain": "gmail.com", "website_url": "http://acme.example"}),
        match(organization={}),
        match(organization=None),
        match(name="Jo Sm***h"),
        match(name=None),
        match(title="Former Director"),
        match(id=None),
        None,
        "p1",
    ],
)
def test_another_person_or_one_elsewhere_is_not_told_of(given: Any, ask: Ask) -> None:
    found = ask(found_of(glimpsed()), matched(given))
    assert not found.told
    assert found.why_nothing
    assert found.cost_micros == prices.vendor("apollo", "credit")


def test_who_works_elsewhere_by_now_is_not_paid_for(ask: Ask) -> None:
    elsewhere = glimpsed("p2", organization={"name": "Quite Another Firm"})
    ask(found_of(elsewhere, glimpsed()), matched(match()))
    sent = ask.seen[-1].body  # type: ignore[attr-defined]
    assert b"p1" in sent
    assert b"p2" not in sent


def test_there_is_an_end_to_people_and_each_call_has_ten(ask: Ask) -> None:
    glimpses = found_of(*(glimpsed(f"p{number}") for number in range(90)))
    batches = [
        matched(*(match(f"p{number}", name="Jo Smith") for number in range(at, at + 10)))
        for at in (0, 10, 20)
    ]
    found = ask(glimpses, *batches, titles=["Director"])
    assert len(people(found)) == found.quantity == jobs.MOST
    assert len(ask.seen) == 4  # type: ignore[attr-defined]
    assert len(people(ask(glimpses, *batches))) == jobs.MOST_OF_ALL


@pytest.mark.parametrize("credits", [None, "1", -1, 500, True])
def test_a_bill_that_makes_no_sense_is_reckoned_in_full(credits: Any, ask: Ask) -> None:
    found = ask(found_of(glimpsed()), matched(match(), credits_consumed=credits))
    assert found.cost_micros == prices.vendor("apollo", "credit")


def test_those_who_are_paid_for_are_told_of_whatever_goes_wrong_later(settings: Any) -> None:
    about = replace(subject(website="acme.example", name="Acme"), titles=["Director"])
    glimpses = found_of(*(glimpsed(f"p{number}") for number in range(20)))
    batch = matched(*(match(f"p{number}") for number in range(10)))
    refusal = answer(422, '{"error": "Insufficient credits. Please upgrade your plan."}')
    with serving() as vendor:
        settings.APOLLO_URL = vendor.url
        vendor.says(*(answer(body=json.dumps(each)) for each in (glimpses, batch)), refusal)
        found = answered(PROVIDER, about, key=key("apollo", "poor"))
    assert len(people(found)) == 10
    assert found.cost_micros == prices.vendor("apollo", "credit", 10)
    assert found.kept["trouble"]


def test_whoever_waits_before_they_are_revealed_does_not_search_again(settings: Any) -> None:
    about = subject(website="acme.example", name="Acme")
    kept: dict[str, Any] = {}
    question = asking(PROVIDER, about, key=key("apollo", "busy"), save=kept.update, today=TODAY)
    busy = answer(429, "{}", {"Retry-After": "600"})
    with serving() as vendor:
        settings.APOLLO_URL = vendor.url
        vendor.says(answer(body=json.dumps(found_of(glimpsed()))), busy)
        with pytest.raises(Later):
            PROVIDER.ask(question)
    with answering(settings, "APOLLO_URL", matched(match())) as vendor:
        again = replace(question, kept=json.loads(json.dumps(kept)), key=key("apollo", "free"))
        found = PROVIDER.ask(again)
        assert [call.path for call in vendor.seen] == [reading.REVEAL]
    assert isinstance(found, Answer)
    assert people(found)["p1"]["name"].as_of == date(2026, 10, 5)
    # Another day, and another question, are searched anew.
    for other in ({"today": date(2026, 11, 23)}, {"subject": replace(about, titles=["Owner"])}):
        with answering(settings, "APOLLO_URL", found_of()) as vendor:
            PROVIDER.ask(replace(again, **other, key=key("apollo", str(other)[:99])))
            assert [call.path.partition("?")[0] for call in vendor.seen] == [reading.SEARCH]


def test_a_plan_without_the_search_is_said_to_be_one(vendors: Running) -> None:
    vendors.apollo.faults.add("plan", path=SEARCH)
    with pytest.raises(Refused):
        answered(PROVIDER, subject(website="acme.example"), key=key("apollo", "small"))


@pytest.mark.parametrize("said", [[], {}, {"people": "x"}, {"people": {}}, None, 3])
def test_a_search_without_a_list_is_no_answer_and_free(said: Any, ask: Ask) -> None:
    with pytest.raises(Unanswerable) as error:
        ask(said)
    assert error.value.cost_micros == 0


def test_people_without_a_list_are_no_answer_and_may_be_charged(ask: Ask) -> None:
    with pytest.raises(Unanswerable) as error:
        ask(found_of(glimpsed()), {"matches": None})
    assert error.value.cost_micros == prices.vendor("apollo", "credit")
