"""Hunter's finder and verifier as providers: the address of a person, and whether it works."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crm.credits import prices
from crm.outside.errors import NotAccepted
from enrichment.contract import Answer, NotYet, Subject, Unanswerable
from enrichment.providers import hunter_finder, hunter_verifier
from enrichment.providers.hunter import calling
from tests.providers.questions import answered, asking, key, subject
from tests.providers.strangers import answering
from tests.simulating.firms import near
from tests.simulators import Running, truth
from tests.simulators.prospects import judging
from tests.simulators.truth import Truth, mail
from tests.simulators.truth.figures import figure

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
FINDER, VERIFIER = hunter_finder.PROVIDER, hunter_verifier.PROVIDER
Ask = Callable[..., Answer]


def person(domain: str, **known: str) -> Subject:
    about = subject(website=f"https://{domain}", email=f"info@{domain}")
    return replace(about, person={name: [value] for name, value in known.items()})


def known(vendors: Running, fits: Callable[[Truth, Any], bool]) -> tuple[Truth, Any]:
    """A person whom Hunter has come across, as it has them, of whom something is true."""
    hunter: Any = vendors.hunter
    return next(
        (about, who)
        for about in map(truth.of, near())
        if hunter.knowledge.knows(about.one)
        for who in about.told_by("hunter")
        if not who.wrong and who.email and fits(about, who)
    )


def objects(who: Any) -> bool:
    return judging.objects(who.email)


def is_sure(about: Truth, who: Any) -> bool:
    is_there = about.mailboxes.get(who.email) == "alive" and not objects(who)
    is_told = about.mail.kind not in mail.DEAD | mail.SILENT and not about.mail.takes_all
    return is_there and is_told


# The finder.


def test_the_address_of_somebody_whom_hunter_knows(vendors: Running, as_documented: Any) -> None:
    about, who = known(vendors, is_sure)
    found = answered(FINDER, person(about.one.domain, name=f"Dr {who.name.upper()}"))

    told = {each.field: each for each in found.told}
    assert told["email"].value == who.email
    assert told["email"].way == "provider_checked"
    assert told["name"].value == who.name
    assert told["job_title"].value == who.title
    assert {each.about for each in found.told} == {who.email}
    assert found.cost_micros == prices.vendor("hunter", "credit")
    assert vendors.hunter.stats()["billed"] == 1
    as_documented("hunter", vendors.hunter.calls())


def test_hunter_is_asked_again_while_it_works(vendors: Running) -> None:
    about, who = known(
        vendors, lambda about, who: is_sure(about, who) and not figure("find" + who.name) % 10
    )
    vendors.hunter.faults.add("processing", times=2)
    found = answered(FINDER, person(about.one.domain, name=who.name))

    assert who.email in {each.value for each in found.told}
    assert len(vendors.hunter.calls()) >= 3
    assert vendors.hunter.stats()["billed"] == 1


def test_hunter_is_not_waited_for_for_ever(vendors: Running) -> None:
    vendors.hunter.faults.add("processing", times=None)
    found = answered(FINDER, person("acme.example", name="Jo Smith"))

    assert found.why_nothing == calling.TOO_LONG
    assert len(vendors.hunter.calls()) == calling.MOST_LOOKS + 1


def test_the_ticket_is_written_down_before_anybody_waits(vendors: Running) -> None:
    vendors.hunter.faults.add("processing")
    kept: list[str] = []
    about = person("acme.example", name="Jo Smith")
    assert isinstance(FINDER.ask(asking(FINDER, about, keep=kept.append)), NotYet)
    assert kept == ["1"]


@pytest.mark.parametrize(("provider", "field"), [(FINDER, "name"), (VERIFIER, "email")])
def test_who_has_objected_is_not_told_of(provider: Any, field: str, vendors: Running) -> None:
    about, who = known(vendors, lambda about, who: objects(who))
    with pytest.raises(NotAccepted) as refused:
        answered(provider, person(about.one.domain, **{field: getattr(who, field)}))

    # What becomes of them is the same whoever was asked (see `tests.enriching.test_forgotten`).
    assert refused.value.kind == "suppress"
    assert vendors.hunter.stats()["billed"] == 0


def test_nobody_is_asked_about_without_a_whole_name_and_a_domain() -> None:
    assert FINDER.about(person("acme.example", name="SMITH, Jo")) == "acme.example: jo smith"
    assert FINDER.about(person("acme.example", name="Jo")) == ""
    assert FINDER.about(person("acme.example")) == ""
    assert FINDER.about(replace(subject(), person={"name": ["Jo Smith"]})) == ""


SEEN = [{"uri": "https://acme.example/team", "last_seen_on": "2026-09-01"}]
FOUND: dict[str, Any] = {
    "first_name": "Jo",
    "last_name": "Smith",
    "email": "jo.smith@acme.example",
    "domain": "acme.example",
    "position": "Director",
    "linkedin_url": "https://linkedin.com/in/jo-smith/",
    "sources": SEEN,
    "verification": {"status": "valid", "date": "2026-10-01"},
}


@pytest.fixture
def find(settings: Any) -> Ask:
    """Look for Jo Smith at a Hunter that says this."""

    def finding(**said: Any) -> Answer:
        about = person("acme.example", name="Jo Smith")
        with answering(settings, "HUNTER_URL", {"data": FOUND | said}):
            return answered(FINDER, about, today=TODAY, key=key("hunter", str(said)[:500]))

    return finding


def test_the_name_is_no_news_where_hunter_has_seen_it_nowhere(find: Ask) -> None:
    assert "name" in {each.field for each in find().told}
    assert "name" not in {each.field for each in find(sources=[]).told}


@pytest.mark.parametrize(
    "said",
    [
        {"email": None},
        {"email": ["jo.smith@acme.example"]},
        {"email": "jo.smith@gmail.com"},
        {"email": "jo.smith@other.example"},
        {"email": "info@acme.example"},
        {"domain": "other.example"},
        {"first_name": "Sam", "last_name": "Jones"},
    ],
)
def test_another_person_or_place_tells_nothing(said: dict[str, Any], find: Ask) -> None:
    found = find(**said)
    assert not found.told
    assert "Jo Smith" in found.why_nothing


@pytest.mark.parametrize("status", ["invalid", "disposable", "webmail"])
def test_an_address_that_does_not_work_is_not_told(status: str, find: Ask) -> None:
    found = find(verification={"status": status, "date": "2026-10-01"})
    assert "email" not in {each.field for each in found.told}
    assert [each["address"] for each in found.kept["said"]] == ["jo.smith@acme.example"]


# The verifier.


def verdict(vendors: Running, status: str) -> tuple[str, Answer]:
    """What it makes of an address of which this is true."""
    hunter: Any = vendors.hunter
    email = next(
        who.email
        for about in map(truth.of, near())
        for who in about.people
        if who.email and not judging.objects(who.email)
        if judging.verdict(hunter.knowledge.population, who.email)["status"] == status
    )
    return email, answered(VERIFIER, person("acme.example", email=email.upper()), today=TODAY)


@pytest.mark.parametrize(("status", "is_denied"), [("valid", False), ("invalid", True)])
def test_a_mailbox_is_there_or_it_is_not(
    status: str, is_denied: bool, vendors: Running, as_documented: Any
) -> None:
    email, found = verdict(vendors, status)
    (told,) = found.told
    assert (told.field, told.value, told.way) == ("email", email, "checked")
    assert told.is_denied is is_denied
    assert told.as_of == TODAY
    assert [each["address"] for each in found.kept["said"]] == [email]
    as_documented("hunter", vendors.hunter.calls())


@pytest.mark.parametrize(
    ("status", "outcome"), [("accept_all", "takes_all"), ("unknown", "unsure")]
)
def test_what_proves_nothing_is_kept_and_not_told(
    status: str, outcome: str, vendors: Running
) -> None:
    email, found = verdict(vendors, status)
    assert not found.told
    assert found.why_nothing
    (said,) = found.kept["said"]
    assert said == {
        "address": email, "verifier": "Hunter", "outcome": outcome, "words": said["words"],
        "on": "2026-11-22", "is_role": False,
    }  # fmt: skip


def test_the_organisations_own_address_is_checked_where_it_is_about_nobody() -> None:
    about = subject(website="https://acme.example", email=["Info@acme.example", "a@acme.example"])
    assert VERIFIER.about(about) == "info@acme.example"
    assert VERIFIER.about(person("acme.example", name="Jo Smith")) == ""
    assert VERIFIER.about(person("acme.example", email="not one")) == ""


@pytest.mark.parametrize(
    "said",
    [{"email": "sam@acme.example"}, {"email": None}, {"status": None}, {"status": ["valid"]}],
)
def test_a_verdict_on_another_address_is_none(said: dict[str, Any], settings: Any) -> None:
    given = {"data": {"email": "jo@acme.example", "status": "valid"} | said}
    with answering(settings, "HUNTER_URL", given), pytest.raises(Unanswerable):
        answered(VERIFIER, person("acme.example", email="jo@acme.example"))


def test_a_call_that_hunter_does_not_take_is_said_to_be_so(settings: Any) -> None:
    said = {"errors": [{"id": "invalid_email", "code": 400, "details": "No address"}]}
    with answering(settings, "HUNTER_URL", said, status=400), pytest.raises(NotAccepted):
        answered(VERIFIER, person("acme.example", email="jo@acme.example"))
