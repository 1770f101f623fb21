"""ZeroBounce, simulated."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulating.firms import like, near
from tests.simulators import running
from tests.simulators.truth import people
from tests.simulators.verdicts import emails
from tests.simulators.zerobounce import ZeroBounce


@pytest.fixture(scope="module")
def started() -> Iterator[ZeroBounce]:
    with running("zerobounce", speed=500) as vendors:
        assert isinstance(vendors.zerobounce, ZeroBounce)
        yield vendors.zerobounce


@pytest.fixture
def bounce(started: ZeroBounce) -> Iterator[ZeroBounce]:
    started.clock.advance(7_200)
    started.forget()
    yield started
    started.faults.clear()


def validate(bounce: ZeroBounce, email: str, key: str = "sim-zerobounce") -> Answer:
    return ask(f"{bounce.url}/v2/validate?api_key={key}&email={quote(email)}")


@pytest.mark.parametrize("name", emails.SANDBOX)
def test_its_own_test_addresses_cost_nothing(bounce: ZeroBounce, name: str) -> None:
    answer = validate(bounce, f"{name}@example.com").json

    assert (answer["status"], answer["sub_status"]) == emails.SANDBOX[name]
    assert bounce.stats()["billed"] == 0


@pytest.mark.parametrize(
    ("email", "status", "reason"),
    [
        ("who@gmial.com", "invalid", "possible_typo"),
        ("who@mailinator.com", "do_not_mail", "disposable"),
        ("who@nobody-at-all.example", "invalid", "no_dns_entries"),
        ("no address", "invalid", "failed_syntax_check"),
        ("a" * 400 + "@gmail.com", "invalid", "failed_syntax_check"),
        ('"quoted string"@[1.2.3.4]', "invalid", "failed_syntax_check"),
    ],
)
def test_what_cannot_be_is_invalid(
    bounce: ZeroBounce, email: str, status: str, reason: str
) -> None:
    answer = validate(bounce, email)

    assert answer.status == 200
    assert (answer.json["status"], answer.json["sub_status"]) == (status, reason)


def test_verdicts_follow_what_is_true(bounce: ZeroBounce) -> None:
    taking_all = like(lambda each: each.mail.takes_all and each.mail.kind == "google")
    silent = like(lambda each: each.mail.kind == "timeout" and bool(each.people))
    gone = like(lambda each: "gone" in each.mailboxes.values() and each.mail.kind == "own")
    closed = next(email for email, state in gone.mailboxes.items() if state == "gone")

    assert validate(bounce, f"x.y@{taking_all.one.domain}").json["status"] == "catch-all"
    assert validate(bounce, silent.people[0].email).json["status"] == "unknown"
    assert validate(bounce, closed).json["status"] in ("invalid", "do_not_mail", "catch-all")
    assert validate(bounce, taking_all.one.email).json["sub_status"] == "role_based_catch_all"


def test_verdicts_are_of_many_kinds_and_only_known_ones_cost(bounce: ZeroBounce) -> None:
    asked = [who.email for one in near()[:60] for who in people.everyone(one)][:120]

    found = [validate(bounce, email).json["status"] for email in asked]

    assert {"valid", "invalid", "catch-all", "unknown"} <= set(found)
    assert Counter(found).most_common(1)[0][0] == "valid"
    assert bounce.stats()["billed"] == sum(status != "unknown" for status in found)


def test_a_greylisted_address_is_let_through_later(bounce: ZeroBounce) -> None:
    wanted = next(
        who.email
        for one in near()[200:]
        for who in people.everyone(one)
        if emails.judged(bounce.population, who.email, 0)[1] == "greylisted"
    )

    first, second = (validate(bounce, wanted).json["status"] for _ in range(2))

    assert (first, second) == ("unknown", "valid")


def test_a_batch_brings_a_verdict_for_each(bounce: ZeroBounce) -> None:
    rows: list[dict[str, Any]] = [
        {"email_address": f"{name}@example.com"} for name in ("valid", "invalid")
    ]
    body = {"api_key": "sim-zerobounce", "email_batch": [*rows, {"email_address": ""}]}

    answer = ask(f"{bounce.url}/v2/validatebatch", body).json

    assert [each["status"] for each in answer["email_batch"]] == ["valid", "invalid"]
    assert len(answer["errors"]) == 1
    assert bounce.calls()[-1]["json"]["api_key"] == "***"
    assert ask(f"{bounce.url}/v2/validatebatch", {"api_key": "x"}).status == 400


def test_bad_keys_and_empty_purses_are_errors_inside_a_200(bounce: ZeroBounce) -> None:
    revoked = validate(bounce, "jo@gmail.com", "sim-revoked")
    empty = validate(bounce, "jo@gmail.com", "sim-empty")
    credits = ask(f"{bounce.url}/v2/getcredits?api_key=sim-revoked").json

    assert (revoked.status, empty.status) == (200, 200)
    assert set(revoked.json) == set(empty.json) == {"error"}
    assert credits == {"Credits": "-1"}


def test_credits_end_in_mid_run(bounce: ZeroBounce) -> None:
    ask(f"{bounce.url}/_control/credits", {"key": "short", "left": 1})

    answers = [validate(bounce, f"no.{at}@nobody.example", "short").json for at in range(2)]

    assert answers[0]["status"] == "invalid"
    assert "error" in answers[1]
    assert ask(f"{bounce.url}/v2/getcredits?api_key=short").json == {"Credits": "0"}


def test_whoever_errs_too_often_is_shut_out_for_an_hour(
    bounce: ZeroBounce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounce, "latency", 0)
    monkeypatch.setattr(bounce.clock, "speed", 10)
    for _ in range(100):
        ask(f"{bounce.url}/v2/validate?api_key=x")

    shut = validate(bounce, "valid@example.com")
    bounce.clock.advance(3_601)
    later = validate(bounce, "valid@example.com")

    assert (shut.status, later.status) == (403, 200)
    assert bounce.stats()["limit_breaches"] == 1


@pytest.mark.parametrize(("kind", "status"), [("shield", 403), ("520", 520), ("429", 429)])
def test_its_faults_can_be_set(bounce: ZeroBounce, kind: str, status: int) -> None:
    bounce.faults.add(kind)

    assert validate(bounce, "valid@example.com").status == status
    assert validate(bounce, "valid@example.com").status == 200
