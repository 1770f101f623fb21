"""Hunter's domain search as a provider: who works there, and what is nobody's own address."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from crm import jobs
from crm.credits import prices
from enrichment.contract import Answer, Unanswerable
from enrichment.emails import lists
from enrichment.providers.hunter_search import PROVIDER
from tests.outside.vendor import answer, serving
from tests.providers.questions import answered, are_well_formed, key, subject
from tests.providers.strangers import answering
from tests.simulating.firms import like
from tests.simulators import Running
from tests.simulators.truth import Truth, mail

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def people(found: Answer) -> dict[str, dict[str, Any]]:
    """What was told of each person, by their key."""
    told: dict[str, dict[str, Any]] = {}
    for each in found.told:
        if each.about:
            told.setdefault(each.about, {})[each.field] = each
    return told


def known(vendors: Running, fits: Any = lambda _: True) -> Truth:
    """Somebody of whom Hunter knows three people."""
    hunter: Any = vendors.hunter
    return like(
        lambda about: (
            hunter.knowledge.knows(about.one)
            and len(about.told_by("hunter")) >= 3
            and mail.of(about.one).kind not in (mail.DEAD | mail.SILENT)
            and fits(about)
        )
    )


def test_people_are_told_of_as_hunter_has_them(vendors: Running, as_documented: Any) -> None:
    about = known(vendors)
    found = answered(PROVIDER, subject(website=f"https://www.{about.one.domain}/"))

    are_well_formed(found, TODAY)
    told = people(found)
    by_address = {each.email: each for each in about.told_by("hunter")}
    assert 1 <= len(told) <= jobs.MOST_OF_ALL
    for address, each in told.items():
        theirs = by_address[address]
        assert each["name"].value == theirs.name
        assert each["job_title"].value == theirs.title
        assert each["name"].url == f"http://{about.one.domain}/about"
        if "email" in each:
            assert each["email"].value == address
    assert {each.way for each in found.told} <= {"provider", "provider_checked"}
    assert found.kept["pattern"]
    assert found.cost_micros == vendors.hunter.stats()["billed"] * prices.vendor("hunter", "credit")
    as_documented("hunter", vendors.hunter.calls())


def test_only_what_hunter_has_checked_is_called_so(vendors: Running) -> None:
    about = known(vendors, lambda about: not mail.of(about.one).takes_all)
    found = answered(PROVIDER, subject(website=about.one.domain))

    told = people(found)
    said = {each["address"]: each["outcome"] for each in found.kept["said"]}
    ways = {key: each["email"].way for key, each in told.items() if "email" in each}
    assert "provider_checked" in ways.values()
    for address, way in ways.items():
        assert (way == "provider_checked") is (said.get(address) == "exists")
    assert not [key for key in ways if said.get(key) == "no_mailbox"]


def test_an_address_of_a_desk_is_the_organisations(vendors: Running) -> None:
    about = known(vendors, lambda about: about.one.email)
    found = answered(PROVIDER, subject(website=about.one.domain))

    desks = [each.value for each in found.told if not each.about]
    assert about.one.email in desks
    assert all(lists.is_role(each.partition("@")[0]) for each in desks)
    assert not [key for key in people(found) if lists.is_role(key.partition("@")[0])]


@cache
def with_title(vendors: Running, title: str) -> Truth:
    return known(vendors, lambda about: title in {each.title for each in about.told_by("hunter")})


@pytest.mark.parametrize("title", ["Finance Director", "Office Manager", "Sales Manager"])
def test_those_with_the_job_are_told_of_and_no_others(vendors: Running, title: str) -> None:
    about = with_title(vendors, title)
    asks = replace(subject(website=about.one.domain), titles=[title.lower()])
    told = people(answered(PROVIDER, asks))

    assert title in {each["job_title"].value for each in told.values()}
    assert all(jobs.fit(title, each["job_title"].value) for each in told.values())
    assert PROVIDER.about(asks) == f"{about.one.domain}: {title.lower()}"


def test_a_domain_that_hunter_does_not_know_is_a_miss_and_free(vendors: Running) -> None:
    found = answered(PROVIDER, subject(website="https://nobody-there.example"))

    assert not found.told
    assert found.why_nothing
    assert found.cost_micros == vendors.hunter.stats()["billed"] == 0


def test_nothing_is_asked_without_a_domain_of_its_own() -> None:
    for known in ({"website": "https://www.facebook.com/acme"}, {"email": "acme@gmail.com"}, {}):
        assert PROVIDER.about(subject(**known)) == ""


# What a vendor may say, too.


def row(address: str, **more: Any) -> dict[str, Any]:
    usual = {
        "value": address,
        "type": "personal",
        "first_name": "Jo",
        "last_name": "Smith",
        "position": "Director",
        "verification": {"status": "valid", "date": "2026-10-01"},
        "sources": [{"uri": "https://acme.example/team", "last_seen_on": "2026-09-01"}],
    }
    return usual | more


def said(*rows: Any, **more: Any) -> dict[str, Any]:
    return {"data": {"domain": "acme.example", "emails": [*rows]} | more}


Ask = Callable[..., Answer]


@pytest.fixture
def ask(settings: Any) -> Ask:
    """Ask a Hunter that says this, and says it of acme.example."""

    def asking_it(body: Any, **more: Any) -> Answer:
        about = replace(subject(website="https://acme.example"), **more)
        with answering(settings, "HUNTER_URL", body):
            return answered(PROVIDER, about, today=TODAY, key=key("hunter", str(body)[:500]))

    return asking_it


def test_the_whole_of_one_person(ask: Ask) -> None:
    rows = row(
        "Jo.Smith@Acme.example",
        linkedin="http://uk.linkedin.com/in/Jo-Smith/",
        phone_number="+44 116 496 0123",
    )
    found = ask(said(rows))
    told = people(found)["jo.smith@acme.example"]
    assert {name: each.value for name, each in told.items()} == {
        "name": "Jo Smith",
        "job_title": "Director",
        "email": "jo.smith@acme.example",
        "phone": "+441164960123",
        "linkedin": "https://www.linkedin.com/in/jo-smith",
    }
    assert told["email"].way == "provider_checked"
    assert told["email"].as_of == date(2026, 10, 1)
    assert told["job_title"].way == "provider"
    assert told["job_title"].as_of == date(2026, 9, 1)
    assert told["job_title"].url == "https://acme.example/team"
    assert {each.quote for each in told.values()} == {""}


@pytest.mark.parametrize(
    ("status", "way"),
    [
        ("valid", "provider_checked"), ("accept_all", "provider"), ("unknown", "provider"),
        (None, "provider"), ("invalid", ""), ("webmail", ""), ("disposable", ""), ("new", ""),
        (["valid"], "provider"),
    ],
)  # fmt: skip
def test_an_address_is_as_good_as_hunters_word_of_it(status: Any, way: str, ask: Ask) -> None:
    given = row("jo@acme.example", verification={"status": status, "date": "2026-10-01"})
    told = people(ask(said(given)))["jo@acme.example"]
    assert ("email" in told) is bool(way)
    assert not way or told["email"].way == way
    assert told["name"].value == "Jo Smith"


@pytest.mark.parametrize(
    "given",
    [
        row("jo@other.example"),
        row("jo@gmail.com"),
        row("jo@mailinator.com"),
        row("jo@acme.example.evil.example"),
        row("not an address"),
        row("jo@acme.example", first_name=None, last_name=None),
        row("jo@acme.example", last_name="Sm***h"),
        row("jo@acme.example", first_name=["Jo"], last_name={"a": 1}),
        row("jo@acme.example", position="Former Director"),
        row("x" * 300 + "@acme.example"),
        "jo@acme.example",
        None,
        [],
    ],
)
def test_somebody_elsewhere_or_without_a_name_is_not_told_of(given: Any, ask: Ask) -> None:
    found = ask(said(given))
    assert not found.told
    assert found.why_nothing


@pytest.mark.parametrize(
    "more",
    [{"domain": "other.example"}, {"domain": None}, {"webmail": True}, {"disposable": True}],
)
def test_an_answer_about_another_domain_tells_nothing(more: dict[str, Any], ask: Ask) -> None:
    found = ask(said(row("jo@acme.example"), **more))
    assert not found.told
    assert found.cost_micros


def test_one_person_with_two_addresses_is_one_and_the_checked_address_theirs(ask: Ask) -> None:
    unchecked = row("j.smith@acme.example", verification=None)
    found = ask(said(unchecked, row("jo@acme.example"), unchecked))
    assert [*people(found)] == ["jo@acme.example"]


def test_there_is_an_end_to_people_and_desks(ask: Ask) -> None:
    given = []
    for number in range(120):
        first, last = f"Jo{chr(97 + number % 26)}", f"Ng{chr(97 + number // 26)}"
        given.append(row(f"jo{number}@acme.example", first_name=first, last_name=last))
        given.append(row(f"sales{number}@acme.example", type="generic"))
    everybody, directors = ask(said(*given)), ask(said(*given), titles=["director"])
    assert len(people(everybody)) == jobs.MOST_OF_ALL
    assert len(people(directors)) == jobs.MOST
    assert len([each for each in everybody.told if not each.about]) == 10


def test_days_to_come_and_pages_that_are_none_prove_nothing(ask: Ask) -> None:
    sources = [
        {"uri": "javascript:alert(1)", "last_seen_on": "2031-01-01", "extracted_on": "x"},
        {"uri": "https://www.linkedin.com/in/jo", "last_seen_on": 3},
        {"uri": None},
        "page",
    ]
    found = ask(said(row("jo@acme.example", sources=sources, verification={"status": "valid"})))
    assert {each.as_of for each in found.told} == {None}
    assert {each.url for each in found.told} == {""}
    assert found.kept["said"] == []


def test_a_free_plan_gets_the_ten_that_it_may_have(settings: Any) -> None:
    refusal = answer(400, '{"errors": [{"id": "pagination_error", "code": 400, "details": "Ten"}]}')
    with serving() as vendor:
        settings.HUNTER_URL = vendor.url
        vendor.says(refusal, answer(body=json.dumps(said(row("jo@acme.example")))))
        found = answered(PROVIDER, subject(website="acme.example"), key=key("hunter", "free"))
    assert found.told
    assert ["limit=" in each.path for each in vendor.seen] == [True, False]


@pytest.mark.parametrize("body", [[], {}, None, 3, {"data": []}, {"data": {"emails": "x"}}])
def test_what_is_no_answer_is_said_to_be_none(body: Any, ask: Ask) -> None:
    with pytest.raises(Unanswerable) as error:
        ask(body)
    assert error.value.cost_micros == PROVIDER.charge()
