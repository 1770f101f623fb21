"""ZeroBounce as a provider: an address is right, wrong, or as unsure as it was."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from crm.outside.errors import Away, Later, NotReadable, Refused, TooBig
from enrichment.contract import Subject, Unanswerable
from enrichment.emails import verdict
from enrichment.emails.verifiers import Outcome, Said
from enrichment.providers.zerobounce import PROVIDER
from tests.providers.questions import answered, asking, key, subject
from tests.providers.strangers import WILDEST, answering, distorted
from tests.simulating.firms import near
from tests.simulators import Running, truth, world
from tests.simulators.truth import Truth, mail
from tests.simulators.truth.figures import figure
from tests.simulators.verdicts.emails import GREYLISTED, RARE, judged

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
VALID = {
    "address": "jo@acme.co.uk", "status": "valid", "sub_status": "", "free_email": False,
    "did_you_mean": None, "account": "jo", "domain": "acme.co.uk", "mx_found": "true",
    "processed_at": "2026-11-22 09:12:01.000",
}  # fmt: skip


def person(email: str) -> Subject:
    """Somebody at an organisation that has an address of its own."""
    return replace(subject(email="info@acme.co.uk", name="Acme"), person={"email": [email]})


@cache
def everybody() -> list[str]:
    """Addresses of those who are there, at servers that say the truth at once."""
    return list(_addresses(lambda about: not about.mail.takes_all, is_slow=False))


def _addresses(fits: Callable[[Truth], bool], *, is_slow: bool) -> Iterator[str]:
    for about in map(truth.of, near()):
        if about.mail.kind not in mail.DEAD | mail.SILENT and fits(about):
            for email in (each.email for each in about.current if each.email):
                drawn = figure(f"zerobounce{email}")
                is_rare = drawn % RARE < 2 or mail.is_generic(email)
                is_alive = about.mailboxes.get(email) == "alive"
                if is_alive and not is_rare and (drawn % GREYLISTED == 0) == is_slow:
                    yield email


def test_a_mailbox_that_is_there_proves_the_address(vendors: Running, as_documented: Any) -> None:
    email = everybody()[0]

    found = answered(PROVIDER, person(email.upper()), today=TODAY)

    (told,) = found.told
    assert (told.field, told.value, told.way, told.is_denied) == ("email", email, "checked", False)
    assert told.as_of == TODAY
    (said,) = found.kept["said"]
    assert said == {
        "address": email, "verifier": "ZeroBounce", "outcome": "exists", "on": "2026-11-22",
        "words": "the mailbox exists", "is_role": False,
    }  # fmt: skip
    assert found.cost_micros == PROVIDER.charge() > 0
    assert vendors.zerobounce.stats()["billed_for"] == {"credits": 1}
    as_documented("zerobounce", vendors.zerobounce.calls())


def test_a_mailbox_that_is_not_there_disproves_it(vendors: Running) -> None:
    domain = everybody()[0].partition("@")[2]

    found = answered(PROVIDER, person(f"nobody.at.all@{domain}"))

    (told,) = found.told
    assert (told.value, told.is_denied) == (f"nobody.at.all@{domain}", True)
    assert found.kept["said"][0]["outcome"] == "no_mailbox"


def test_a_server_that_takes_everything_proves_nothing_and_is_remembered(
    vendors: Running,
) -> None:
    email = next(_addresses(lambda about: about.mail.takes_all, is_slow=False))

    found = answered(PROVIDER, person(email))

    assert list(found.told) == []
    assert found.kept["said"][0]["outcome"] == "takes_all"
    assert found.why_nothing.startswith("ZeroBounce says that the server takes mail for any")


def test_what_they_could_not_find_out_is_a_miss_that_costs_nothing(vendors: Running) -> None:
    silent = next(each for each in near() if mail.of(each).kind in mail.SILENT)

    found = answered(PROVIDER, person(f"jo@{silent.domain}"))

    assert list(found.told) == []
    assert (found.cost_micros, found.kept["said"][0]["outcome"]) == (0, "unsure")
    assert vendors.zerobounce.stats()["billed_for"] == {}


def test_a_server_that_wants_to_be_asked_again_is_asked_once_more(vendors: Running) -> None:
    email = next(_addresses(lambda about: not about.mail.takes_all, is_slow=True))
    question = asking(PROVIDER, person(email))

    with pytest.raises(Unanswerable, match="wants to be asked again later, on another day") as said:
        PROVIDER.ask(question)

    assert said.value.cost_micros == 0
    assert said.value.kept is not None
    assert said.value.kept["said"][0]["outcome"] == "unsure"
    found = PROVIDER.ask(replace(question, kept=said.value.kept))
    assert [each.value for each in found.told] == [email]


def test_who_is_never_let_in_is_not_asked_for_ever(settings: Any) -> None:
    grey = VALID | {"status": "unknown", "sub_status": "greylisted"}
    with answering(settings, "ZEROBOUNCE_URL", grey):
        with pytest.raises(Unanswerable) as said:
            answered(PROVIDER, person("jo@acme.co.uk"))
        found = answered(PROVIDER, person("jo@acme.co.uk"), kept=said.value.kept)

    assert (list(found.told), found.cost_micros) == ([], 0)
    assert "greylisted" not in found.kept


def test_an_answer_that_is_charged_is_booked_also_where_it_is_asked_again(settings: Any) -> None:
    said = VALID | {"status": "a_word_of_next_year", "sub_status": "greylisted"}
    with answering(settings, "ZEROBOUNCE_URL", said), pytest.raises(Unanswerable) as later:
        answered(PROVIDER, person("jo@acme.co.uk"))

    assert later.value.cost_micros == PROVIDER.charge()


@pytest.mark.parametrize(
    ("status", "closer", "outcome"),
    [
        ("spamtrap", "", "harmful"),
        ("abuse", "", "harmful"),
        ("do_not_mail", "global_suppression", "harmful"),
        ("do_not_mail", "disposable", "throwaway"),
        ("invalid", "mailbox_quota_exceeded", "full"),
        ("a_word_of_next_year", "", "unsure"),
    ],
)
def test_whom_not_to_write_to_says_nothing_of_whether_the_address_is_right(
    settings: Any, status: str, closer: str, outcome: str
) -> None:
    said = VALID | {"status": status, "sub_status": closer}
    with answering(settings, "ZEROBOUNCE_URL", said):
        found = answered(PROVIDER, person("jo@acme.co.uk"))

    assert list(found.told) == []
    assert found.kept["said"][0]["outcome"] == outcome
    assert found.cost_micros == PROVIDER.charge()


def test_a_desk_s_address_is_there_and_called_a_desk_s(settings: Any) -> None:
    said = VALID | {"address": "info@acme.co.uk", "status": "do_not_mail"}
    with answering(settings, "ZEROBOUNCE_URL", said | {"sub_status": "role_based"}):
        found = answered(PROVIDER, subject(email="info@acme.co.uk"))

    (told,) = found.told
    assert (told.value, told.about, told.is_denied) == ("info@acme.co.uk", "", False)
    assert found.kept["said"][0]["is_role"] is True


def test_what_is_kept_lets_the_address_be_judged(vendors: Running) -> None:
    email = everybody()[1]
    found = answered(PROVIDER, person(email), today=TODAY)

    (said,) = json.loads(json.dumps(found.kept))["said"]
    assert said.pop("address") == email
    on, outcome = date.fromisoformat(said["on"]), Outcome(said["outcome"])
    read = Said(**{**said, "on": on, "outcome": outcome})
    judgement = verdict.judge(email, said=[read], today=TODAY, is_person=True)
    assert judgement.state == verdict.State.DELIVERABLE


def test_the_same_address_has_the_same_name_however_it_is_written() -> None:
    assert PROVIDER.about(person(" Jo@Acme.CO.UK ")) == "jo@acme.co.uk"
    assert PROVIDER.about(person("mailto:jo@acme.co.uk")) == "jo@acme.co.uk"
    assert PROVIDER.about(subject(email="info@acme.co.uk")) == "info@acme.co.uk"


@pytest.mark.parametrize("email", ["", "jo", "jo@", "jo@acme", 5, None, {"a": 1}, "x" * 5_000])
def test_of_what_is_no_address_nobody_is_asked(email: Any) -> None:
    assert PROVIDER.about(person(email)) == ""
    # The organisation's own is another question.
    assert PROVIDER.about(replace(subject(email="info@acme.co.uk"), person={"name": ["Jo"]})) == ""
    with pytest.raises(Unanswerable):
        PROVIDER.ask(asking(PROVIDER, person(email)))


@pytest.mark.parametrize("spoil", ["nulls", "other-types", "empty", "wrapped"])
def test_an_answer_without_sense_tells_nothing(vendors: Running, spoil: str) -> None:
    vendors.zerobounce.faults.add(spoil)

    with pytest.raises(Unanswerable, match="ZeroBounce answered, but with no verdict on "):
        answered(PROVIDER, person(everybody()[2]))


def test_a_verdict_on_another_address_tells_nothing(settings: Any) -> None:
    with (
        answering(settings, "ZEROBOUNCE_URL", VALID),
        pytest.raises(Unanswerable, match=r"no verdict on sam@acme\.co\.uk"),
    ):
        answered(PROVIDER, person("sam@acme.co.uk"))


def test_no_wild_value_is_told_or_raises_anything_else(settings: Any) -> None:
    settings.VENDOR_CLOCK = 500.0
    wild = list(distorted(VALID, WILDEST))
    with answering(settings, "ZEROBOUNCE_URL", *wild):
        for _ in wild:
            try:
                found = answered(PROVIDER, person("jo@acme.co.uk"))
            except (Unanswerable, NotReadable):
                continue
            assert all(each.value == "jo@acme.co.uk" for each in found.told)
            json.dumps(found.kept)


def test_an_error_within_a_good_answer_is_quoted_without_the_key(settings: Any) -> None:
    secret = "Key-of-ours-12345678"
    said = {"error": f"Something else is wrong with {secret}"}
    with answering(settings, "ZEROBOUNCE_URL", said), pytest.raises(Unanswerable) as caught:
        answered(PROVIDER, person("jo@acme.co.uk"), key=key("zerobounce", secret))

    assert "It said: “Something else is wrong with …”" in str(caught.value)
    assert caught.value.cost_micros == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("revoked", Refused), ("quota", Refused), ("shield", Later), ("500", Away),
        ("520", Away), ("cut", Away), ("malformed", NotReadable), ("huge", TooBig),
    ],
)  # fmt: skip
def test_in_trouble_it_is_asked_once_and_says_why(
    vendors: Running, fault: str, error: type[Exception]
) -> None:
    vendors.zerobounce.faults.add(fault, times=None)
    secret = f"key-for-{fault}"

    with pytest.raises(error):
        PROVIDER.ask(asking(PROVIDER, person(everybody()[3]), key=key("zerobounce", secret)))

    assert len(vendors.zerobounce.calls()) == 1


def test_the_world_s_verdicts_are_told_as_they_are(vendors: Running) -> None:
    """Of thirty people what is told agrees with the truth about their mailboxes."""
    people = [who for one in near()[:60] for who in truth.of(one).people if who.email][:30]
    for who in people:
        found = answered(PROVIDER, person(who.email))
        true = mail.state(world.population(0), who.email)
        for told in found.told:
            is_there = judged(world.population(0), who.email, 1)[0] in ("valid", "do_not_mail")
            assert told.is_denied is not is_there
            assert (true in ("gone", "nobody", "no-mail")) is told.is_denied
    assert len(people) == 30
