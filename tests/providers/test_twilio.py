"""Twilio as a provider: a number is given out, can't be one, or nothing is known of its line."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import phonenumbers
import pytest

from crm.outside.errors import Away, Later, NotReadable, Refused
from enrichment.contract import Answer, Subject, Unanswerable
from enrichment.phones.kinds import Kind
from enrichment.providers.twilio import KINDS, PROVIDER
from tests.providers.questions import answered, asking, key, subject
from tests.providers.strangers import WILDEST, answering, distorted
from tests.simulating.firms import near
from tests.simulators import Running, truth
from tests.simulators.verdicts import numbers

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NUMBER = "+441162496012"
LINE = {
    "mobile_country_code": "234", "mobile_network_code": None, "carrier_name": "British Telecom",
    "type": "landline", "error_code": None,
}  # fmt: skip
VALID = {
    "calling_country_code": "44", "country_code": "GB", "phone_number": NUMBER, "valid": True,
    "national_format": "0116 249 6012", "validation_errors": None, "line_type_intelligence": LINE,
}  # fmt: skip


def ask(about: Subject, **more: Any) -> Answer:
    return answered(PROVIDER, about, **{"key": key("twilio", "SK5150:secret"), **more})


def person(number: Any) -> Subject:
    """Somebody at an organisation that has a number of its own."""
    return replace(subject(phone="+441164960999", name="Acme"), person={"phone": [number]})


@cache
def everybody() -> list[str]:
    """The numbers of organisations and of their mobiles."""
    lines = [each for one in near()[:80] for each in truth.of(one).lines.values()]
    read = (phonenumbers.parse(each, "GB") for each in lines if each)
    return list(dict.fromkeys(numbers.plain(each) for each in read))


def covered(kind: str) -> str:
    """A number of such a line of which something is known."""
    parsed = ((each, phonenumbers.parse(each)) for each in everybody())
    return next(each for each, number in parsed if numbers.line_type(number)["type"] == kind)


@pytest.mark.parametrize(
    ("kind", "ours", "label"),
    [("mobile", "mobile", "mobile"), ("landline", "landline", "landline"),
     ("fixedVoip", "voip", "internet telephony (056)")],
)  # fmt: skip
def test_a_line_that_is_known_proves_the_number(
    vendors: Running, as_documented: Any, kind: str, ours: str, label: str
) -> None:
    number = covered(kind)

    found = ask(person(number), today=TODAY)

    (told,) = found.told
    assert (told.field, told.value, told.way) == ("phone", number, "provider_checked")
    assert (told.is_denied, told.as_of, told.about) == (False, TODAY, number)
    line = found.kept["line"]
    assert (line["number"], line["type"], line["kind"], line["label"]) == (
        number, kind, ours, label,
    )  # fmt: skip
    assert line["carrier"] == numbers.line_type(phonenumbers.parse(number))["carrier_name"]
    assert line["on"] == "2026-11-22"
    assert found.cost_micros == PROVIDER.charge() > 0
    assert vendors.twilio.stats()["billed_for"] == {"line_type_intelligence": 0.008}
    as_documented("twilio", vendors.twilio.calls())


def test_a_number_that_can_t_be_is_denied_and_costs_nothing(vendors: Running) -> None:
    # Well formed, but of a range that nobody has.
    found = ask(subject(phone="+441999123456"))

    (told,) = found.told
    assert (told.value, told.about, told.is_denied) == ("+441999123456", "", True)
    assert found.cost_micros == 0
    assert vendors.twilio.stats()["billed_for"] == {}


def test_of_a_line_that_nobody_knows_nothing_is_proved(vendors: Running) -> None:
    vendors.twilio.faults.add("uncovered")

    found = ask(subject(phone=covered("mobile")))

    assert list(found.told) == []
    assert found.kept["line"]["type"] == ""
    assert found.cost_micros == PROVIDER.charge()
    assert found.why_nothing.startswith("Twilio knows nothing of the line")


def test_all_their_words_for_a_line_are_known_here(vendors: Running) -> None:
    assert set(numbers.TYPES.values()) <= set(KINDS)
    assert {Kind(each) for each in KINDS.values()} == set(KINDS.values())
    for number in everybody()[:30]:
        found = ask(subject(phone=number))
        known = numbers.line_type(phonenumbers.parse(number))["type"]
        assert [each.is_denied for each in found.told] == ([False] if known else [])
        assert found.kept["line"]["type"] == (known or "")


def test_the_same_number_has_the_same_name_however_it_is_written() -> None:
    for written in (NUMBER, "0116 249 6012", "(0116) 2496012", "+44 (0)116 249 6012 ext. 5"):
        assert PROVIDER.about(person(written)) == NUMBER
    assert PROVIDER.about(subject(phone=NUMBER)) == NUMBER


@pytest.mark.parametrize("number", ["", "999", "no number", 441162496012, None, ["x"], "0" * 5_000])
def test_of_what_is_no_number_nobody_is_asked(number: Any) -> None:
    assert PROVIDER.about(person(number)) == ""
    # The organisation's own is another question.
    assert PROVIDER.about(replace(subject(phone=NUMBER), person={"name": ["Jo"]})) == ""
    with pytest.raises(Unanswerable):
        PROVIDER.ask(asking(PROVIDER, person(number)))


@pytest.mark.parametrize("spoil", ["nulls", "other-types", "empty", "wrapped"])
def test_an_answer_without_sense_tells_nothing(vendors: Running, spoil: str) -> None:
    vendors.twilio.faults.add(spoil)

    with pytest.raises(Unanswerable, match="Twilio answered, but not whether "):
        ask(person(covered("mobile")))


def test_an_answer_about_another_number_tells_nothing(settings: Any) -> None:
    with answering(settings, "TWILIO_URL", VALID), pytest.raises(Unanswerable):
        ask(person("+441162496013"))


def test_no_wild_value_is_told_or_raises_anything_else(settings: Any) -> None:
    settings.VENDOR_CLOCK = 500.0
    wild = list(distorted(VALID, WILDEST))
    with answering(settings, "TWILIO_URL", *wild):
        for _ in wild:
            try:
                found = ask(person(NUMBER))
            except (Unanswerable, NotReadable):
                continue
            assert all(each.value == NUMBER for each in found.told)
            assert set(map(type, found.kept.get("line", {}).values())) <= {str}
            assert len(json.dumps(found.kept)) < 1_000


@pytest.mark.parametrize(
    ("fault", "error"),
    [("revoked", Refused), ("quota", Refused), ("500", Away), ("cut", Away),
     ("malformed", NotReadable)],
)  # fmt: skip
def test_in_trouble_it_is_asked_once_and_says_why(
    vendors: Running, fault: str, error: type[Exception]
) -> None:
    vendors.twilio.faults.add(fault, times=None)
    question = asking(PROVIDER, subject(phone=NUMBER), key=key("twilio", f"SK{fault}:secret"))

    with pytest.raises(error):
        PROVIDER.ask(question)

    assert len(vendors.twilio.calls()) == 1


def test_what_they_have_not_done_is_sent_again(vendors: Running) -> None:
    vendors.twilio.faults.add("429-bare")
    number = covered("mobile")

    found = ask(subject(phone=number), key=key("twilio", "SK429:secret"))

    assert [each.value for each in found.told] == [number]
    assert len(vendors.twilio.calls()) == 2


def test_who_is_too_busy_for_long_is_asked_later(vendors: Running) -> None:
    vendors.twilio.faults.add("429", times=None, seconds=60)
    question = asking(PROVIDER, subject(phone=NUMBER), key=key("twilio", "SKlater:secret"))

    with pytest.raises(Later):
        PROVIDER.ask(question)
