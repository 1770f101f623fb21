"""Clearbit, simulated."""

from collections.abc import Iterator

import pytest

from tests.simulating.calling import Answer, ask, basic
from tests.simulating.firms import near
from tests.simulators import running
from tests.simulators.clearbit import Clearbit
from tests.simulators.truth import hearsay
from tests.simulators.truth.figures import figure

KEY = basic("sim-clearbit")


@pytest.fixture(scope="module")
def started() -> Iterator[Clearbit]:
    with running("clearbit", speed=500) as vendors:
        assert isinstance(vendors.clearbit, Clearbit)
        yield vendors.clearbit


@pytest.fixture
def clearbit(started: Clearbit) -> Iterator[Clearbit]:
    started.clock.advance(120)
    started.forget()
    yield started
    started.faults.clear()


def find(clearbit: Clearbit, what: str, query: str) -> Answer:
    return ask(f"{clearbit.url}/v2/{what}/find?{query}", headers=KEY)


def queued(text: str) -> bool:
    return figure("clearbit queue" + text) % 5 != 0


def known(clearbit: Clearbit) -> tuple[str, str]:
    """Domain and address of somebody whom it knows and has to look up first."""
    for one in near():
        if clearbit.knowledge.knows(one):
            for who in hearsay.told(one, "clearbit"):
                if queued(who.email) and queued(one.domain) and who.current:
                    return one.domain, who.email
    raise AssertionError("It knows nobody.")


def test_a_lookup_is_queued_without_a_body_and_then_there(clearbit: Clearbit) -> None:
    _, email = known(clearbit)

    first = find(clearbit, "combined", f"email={email}")
    clearbit.clock.advance(60)
    second = find(clearbit, "combined", f"email={email}")

    assert (first.status, first.body) == (202, b"")
    assert second.status == 200
    assert second.json["person"]["email"] == email
    assert second.json["company"]["domain"] == email.partition("@")[2]


def test_the_same_lookup_is_paid_for_once(clearbit: Clearbit) -> None:
    domain, _ = known(clearbit)
    for _ in range(3):
        find(clearbit, "companies", f"domain={domain}")
        clearbit.clock.advance(60)

    assert clearbit.stats()["billed_for"] == {"lookups": 1}


def test_the_cached_answer_needs_no_waiting(clearbit: Clearbit) -> None:
    for one in near()[:40]:
        if clearbit.knowledge.knows(one):
            answer = find(clearbit, "companies", f"domain={one.domain}&cached=true")
            assert answer.status == 200
            assert answer.json["geo"]["postalCode"] == one.postcode


def test_whom_it_does_not_know_is_404_in_the_end(clearbit: Clearbit) -> None:
    find(clearbit, "combined", "email=no.body@nobody.example")
    clearbit.clock.advance(60)

    answer = find(clearbit, "combined", "email=no.body@nobody.example")

    assert (answer.status, answer.json["error"]["type"]) == (404, "unknown_record")


def test_it_tells_what_is_left(clearbit: Clearbit) -> None:
    answer = find(clearbit, "companies", "domain=nobody.example")

    assert answer.headers["x-ratelimit-limit"] == "600"
    assert int(answer.headers["x-ratelimit-remaining"]) < 600


@pytest.mark.parametrize(
    ("query", "key", "status", "kind"),
    [
        ("email=no", "sim-clearbit", 422, "email_invalid"),
        ("email=jo@fern.example", "sim-revoked", 401, "auth_invalid"),
        ("email=jo@fern.example", "sim-empty", 402, "over_quota"),
        ("email=jo@fern.example", "", 401, "auth_required"),
    ],
)
def test_it_refuses_in_its_own_way(
    clearbit: Clearbit, query: str, key: str, status: int, kind: str
) -> None:
    headers = basic(key) if key else {}
    answer = ask(f"{clearbit.url}/v2/combined/find?{query}", headers=headers)

    assert (answer.status, answer.json["error"]["type"]) == (status, kind)
