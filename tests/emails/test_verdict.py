"""Whether mail to an address would arrive, and why."""

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from enrichment.emails import verifiers
from enrichment.emails.answers import Because, Mail
from enrichment.emails.verdict import State, Verdict, judge
from enrichment.emails.verifiers import Said

TODAY = date(2026, 11, 22)
SERVERS = Mail(Because.SERVERS, timezone.now())
VALID = verifiers.hunter("valid", on=TODAY)
GONE = verifiers.zerobounce("invalid", "mailbox_not_found", on=TODAY)


def of(
    text: str = "jo@acme.co.uk", *said: Said, mail: Mail = SERVERS, person: bool = False,
    guess: bool = False,
) -> Verdict:  # fmt: skip
    return judge(text, mail, said, today=TODAY, is_person=person, is_guess=guess)


def slugs(verdict: Verdict) -> list[str]:
    return [reason.slug for reason in verdict.reasons]


def test_mail_servers_alone_prove_no_mailbox() -> None:
    verdict = of()
    assert verdict.state is State.UNKNOWN
    assert verdict.reasons[0].words == "No verifier has asked whether the mailbox is there."


def test_who_has_asked_the_server_proves_one() -> None:
    verdict = of("Jo@Acme.co.uk", VALID)
    assert (verdict.state, verdict.address) == (State.DELIVERABLE, "jo@acme.co.uk")
    assert verdict.reasons[0].words == "Hunter says that the mailbox exists (22 November 2026)."


@pytest.mark.parametrize(
    ("because", "state"),
    [
        (Because.REFUSES, State.UNDELIVERABLE),
        (Because.NO_SUCH_DOMAIN, State.UNDELIVERABLE),
        (Because.NOWHERE, State.UNDELIVERABLE),
        (Because.DEAD_SERVERS, State.UNDELIVERABLE),
        (Because.ADDRESS_ALONE, State.RISKY),
        (Because.SILENCE, State.UNKNOWN),
        (Because.NOT_ASKED, State.UNKNOWN),
    ],
)
def test_dns_decides_where_nobody_else_has_spoken(because: Because, state: State) -> None:
    verdict = of(mail=Mail(because))
    assert verdict.state is state
    assert verdict.reasons[0].slug == because


def test_a_domain_without_mail_outweighs_who_found_a_mailbox_before() -> None:
    assert of("jo@acme.co.uk", VALID, mail=Mail(Because.REFUSES)).state is State.UNDELIVERABLE


def test_silence_of_the_name_servers_does_not_outweigh_it() -> None:
    assert of("jo@acme.co.uk", VALID, mail=Mail(Because.SILENCE)).state is State.DELIVERABLE


def test_what_is_no_address_is_said_in_words() -> None:
    verdict = of("ring the office")
    assert verdict.state is State.UNDELIVERABLE
    assert "has no @" in verdict.reasons[0].words
    assert verdict.address == ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ('"jo smith"@acme.co.uk', "quoted"),
        ("zoë@acme.co.uk", "beyond_ascii"),
        ("jo@gmial.com", "slip"),
        ("jo@post.mailinator.com", "disposable"),
        ("jo@gm\N{CYRILLIC SMALL LETTER A}il.com", "mixed"),
    ],
)
def test_what_speaks_against_it_makes_it_risky(text: str, slug: str) -> None:
    verdict = of(text)
    assert (verdict.state, verdict.reasons[0].slug) == (State.RISKY, slug)


def test_a_slip_comes_with_what_was_meant() -> None:
    assert of("jo@gmial.com").proposal == "jo@gmail.com"
    gone = of("jo@gmial.com", mail=Mail(Because.NO_SUCH_DOMAIN))
    assert (gone.state, gone.proposal) == (State.UNDELIVERABLE, "jo@gmail.com")
    assert slugs(gone) == ["no_such_domain", "slip"]
    assert of("jo@gmial.com", VALID).proposal == ""


def test_a_desk_is_fine_for_an_organisation_and_not_for_a_person() -> None:
    organisation, person = of("sales@acme.co.uk"), of("sales@acme.co.uk", VALID, person=True)
    assert (organisation.state, organisation.is_role) == (State.UNKNOWN, True)
    assert (person.state, slugs(person)[0]) == (State.RISKY, "role")


def test_a_free_host_is_no_risk_but_said() -> None:
    verdict = of("jo@gmail.com", VALID)
    assert (verdict.state, verdict.is_free) == (State.DELIVERABLE, True)
    assert slugs(verdict)[-1] == "free"


def test_a_guess_is_risky_until_somebody_has_asked() -> None:
    assert slugs(of(guess=True))[0] == "guess"
    assert of(guess=True).state is State.RISKY
    assert of("jo@acme.co.uk", VALID, guess=True).state is State.DELIVERABLE


def test_a_server_that_takes_everything_proves_nothing() -> None:
    takes_all = verifiers.hunter("accept_all", on=TODAY)
    verdict = of("jo@acme.co.uk", takes_all, guess=True)
    assert verdict.state is State.RISKY
    assert "takes mail for any address" in verdict.reasons[0].words


def test_those_who_disagree_leave_a_risk() -> None:
    verdict = of("jo@acme.co.uk", VALID, GONE)
    assert (verdict.state, slugs(verdict)[:3]) == (
        State.RISKY,
        ["disagree", "exists", "no_mailbox"],
    )


def test_of_two_words_the_clearly_newer_one_counts() -> None:
    before = TODAY - timedelta(days=60)
    was_gone = verifiers.zerobounce("invalid", "mailbox_not_found", on=before)
    assert of("jo@acme.co.uk", was_gone, VALID).state is State.DELIVERABLE
    was_there = verifiers.hunter("valid", on=before)
    assert of("jo@acme.co.uk", was_there, GONE).state is State.UNDELIVERABLE


def test_what_was_said_long_ago_proves_nothing_more() -> None:
    old = verifiers.hunter("valid", on=TODAY - timedelta(days=91))
    verdict = of("jo@acme.co.uk", old)
    assert (verdict.state, slugs(verdict)[0]) == (State.UNKNOWN, "stale")
    gone = verifiers.hunter("invalid", on=TODAY - timedelta(days=91))
    assert of("jo@acme.co.uk", gone).state is State.UNDELIVERABLE


def test_who_could_not_find_out_does_not_undo_who_did() -> None:
    said = [
        verifiers.zerobounce("valid", on=TODAY - timedelta(days=5)),
        verifiers.zerobounce("unknown", "greylisted", on=TODAY),
    ]
    assert of("jo@acme.co.uk", *said).state is State.DELIVERABLE


def test_a_trap_is_never_to_be_written_to() -> None:
    trap = verifiers.zerobounce("spamtrap", on=TODAY - timedelta(days=900))
    verdict = of("jo@acme.co.uk", trap, VALID)
    assert (verdict.state, verdict.is_barred) == (State.RISKY, True)


def test_three_hundred_in_a_second_leave_half_the_time_to_others() -> None:
    began = time.process_time()
    for n in range(1_000):
        of(f"first.last{n}@acme-{n}.co.uk", VALID, GONE, person=True)
    assert (time.process_time() - began) / 1_000 < 0.000_5
