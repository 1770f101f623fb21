"""Twilio's Lookup, simulated."""

import base64
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.simulating.calling import Answer, ask
from tests.simulators import running
from tests.simulators.twilio import Twilio


def signed(sid: str, secret: str = "secret") -> dict[str, str]:
    coded = base64.b64encode(f"{sid}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {coded}"}


@pytest.fixture(scope="module")
def started() -> Iterator[Twilio]:
    with running("twilio", speed=500) as vendors:
        assert isinstance(vendors.twilio, Twilio)
        yield vendors.twilio


@pytest.fixture
def twilio(started: Twilio) -> Iterator[Twilio]:
    started.clock.advance(5)
    started.forget()
    yield started
    started.faults.clear()


def look_up(twilio: Twilio, number: str, query: str = "") -> Answer:
    return ask(
        f"{twilio.url}/v2/PhoneNumbers/{quote(number, safe='')}{query}", headers=signed("SK1")
    )


@pytest.mark.parametrize(
    ("number", "query", "plain", "national"),
    [
        ("+441164960123", "", "+441164960123", "0116 496 0123"),
        ("0116 496 0123", "?CountryCode=GB", "+441164960123", "0116 496 0123"),
        ("+447700900123", "", "+447700900123", "07700 900123"),
    ],
)
def test_a_bare_look_up_tells_how_a_number_is_written_and_is_free(
    twilio: Twilio, number: str, query: str, plain: str, national: str
) -> None:
    answer = look_up(twilio, number, query).json

    assert answer["valid"] is True
    assert (answer["phone_number"], answer["country_code"]) == (plain, "GB")
    assert answer["national_format"] == national
    assert answer["line_type_intelligence"] is None
    assert twilio.stats()["billed"] == 0


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("+4411649601234567", "TOO_LONG"),
        ("+44116", "TOO_SHORT"),
        ("ring the office", "NOT_A_NUMBER"),
        ("+449990000000", "INVALID_BUT_POSSIBLE"),
    ],
)
def test_what_cannot_be_dialled_is_a_200_with_reasons(
    twilio: Twilio, number: str, reason: str
) -> None:
    answer = look_up(twilio, number, "?Fields=line_type_intelligence")

    assert answer.status == 200
    assert (answer.json["valid"], answer.json["validation_errors"]) == (False, [reason])
    assert twilio.stats()["billed"] == 0


def test_the_line_tells_its_type_and_costs(twilio: Twilio) -> None:
    kinds: Counter[str | None] = Counter()
    for at in range(60):
        for start in ("+44116496", "+447700900", "+4480815700"):
            number = f"{start}{at:0{13 - len(start)}d}"
            found = look_up(twilio, number, "?Fields=line_type_intelligence").json
            kinds[found["line_type_intelligence"]["type"]] += 1
            twilio.clock.advance(0.1)

    assert set(kinds) == {"landline", "fixedVoip", "mobile", "tollFree", None}
    assert twilio.stats()["billed_for"] == {"line_type_intelligence": pytest.approx(180 * 0.008)}


def test_an_uncovered_number_has_an_error_code(twilio: Twilio) -> None:
    twilio.faults.add("uncovered")

    line = look_up(twilio, "+441164960123", "?Fields=line_type_intelligence").json

    assert line["line_type_intelligence"]["error_code"] == 60_600
    assert line["line_type_intelligence"]["type"] is None


def test_several_are_looked_up_at_once(twilio: Twilio) -> None:
    rows = [{"phone_number": number, "correlation_id": number} for number in ("+441164960123", "1")]

    answer = ask(f"{twilio.url}/v2/batch/query", {"phone_numbers": rows}, signed("SK1")).json

    found = {each["correlation_id"]: each["valid"] for each in answer["phone_numbers"]}
    assert found == {"+441164960123": True, "1": False}


def test_it_refuses_in_its_own_way(twilio: Twilio) -> None:
    url = f"{twilio.url}/v2/PhoneNumbers/+441164960123"
    nobody, revoked = ask(url), ask(url, headers=signed("sim-revoked"))
    suspended, strange = ask(url, headers=signed("sim-empty")), look_up(twilio, "1", "?Fields=x")

    assert (nobody.status, nobody.json["code"]) == (401, 20003)
    assert revoked.json["code"] == 20003
    assert (suspended.status, strange.status) == (403, 400)


def test_too_many_at_once_are_turned_away(twilio: Twilio) -> None:
    twilio.window.limit = 2
    try:
        answers = [ask(f"{twilio.url}/v2/PhoneNumbers/1", headers=signed("fast")) for _ in range(3)]
    finally:
        twilio.window.limit = 100

    statuses = [answer.status for answer in answers]
    assert statuses[-1] in (200, 429)
    assert all(answer.json["code"] == 20429 for answer in answers if answer.status == 429)
