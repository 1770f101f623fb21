"""What Hunter and ZeroBounce say, each word of theirs in ours."""

from datetime import date

import pytest
import requests

from enrichment.emails import verifiers
from enrichment.emails.verifiers import Outcome
from tests.simulators import Running
from tests.simulators.verdicts import emails

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("valid", Outcome.EXISTS),
        ("invalid", Outcome.NO_MAILBOX),
        ("accept_all", Outcome.TAKES_ALL),
        ("webmail", Outcome.UNSURE),
        ("disposable", Outcome.THROWAWAY),
        ("unknown", Outcome.UNSURE),
        ("blessed", Outcome.UNSURE),
        ("", Outcome.UNSURE),
    ],
)
def test_hunter(status: str, outcome: Outcome) -> None:
    assert verifiers.hunter(status, on=TODAY).outcome is outcome


@pytest.mark.parametrize(
    ("status", "sub_status", "outcome"),
    [
        ("valid", "", Outcome.EXISTS),
        ("valid", "alias_address", Outcome.EXISTS),
        ("valid", "accept_all", Outcome.TAKES_ALL),
        ("valid", "mailbox_not_found", Outcome.EXISTS),
        ("valid", "ai_agent_mailbox", Outcome.HARMFUL),
        ("invalid", "mailbox_not_found", Outcome.NO_MAILBOX),
        ("invalid", "mailbox_quota_exceeded", Outcome.FULL),
        ("catch-all", "", Outcome.TAKES_ALL),
        ("catch-all", "role_based_accept_all", Outcome.TAKES_ALL),
        ("unknown", "greylisted", Outcome.UNSURE),
        ("spamtrap", "", Outcome.HARMFUL),
        ("abuse", "", Outcome.HARMFUL),
        ("abuse", "role_based", Outcome.HARMFUL),
        ("do_not_mail", "role_based", Outcome.EXISTS),
        ("do_not_mail", "role_based_catch_all", Outcome.TAKES_ALL),
        ("do_not_mail", "disposable", Outcome.THROWAWAY),
        ("do_not_mail", "toxic", Outcome.HARMFUL),
        ("do_not_mail", "global_suppression", Outcome.HARMFUL),
        ("do_not_mail", "", Outcome.HARMFUL),
        ("do_not_mail", "something_new", Outcome.HARMFUL),
        ("something_new", "role_based", Outcome.UNSURE),
    ],
)
def test_zerobounce(status: str, sub_status: str, outcome: Outcome) -> None:
    assert verifiers.zerobounce(status, sub_status, on=TODAY).outcome is outcome


def test_that_it_is_a_desk_is_kept() -> None:
    assert verifiers.zerobounce("do_not_mail", "role_based", on=TODAY).is_role
    assert not verifiers.zerobounce("valid", on=TODAY).is_role


def test_a_strange_word_is_shown_and_cut() -> None:
    said = verifiers.hunter("x" * 5_000, on=TODAY)
    assert said.words == f"it is “{'x' * 30}”, which is not known here"


@pytest.mark.parametrize("local", sorted(emails.SANDBOX))
def test_each_answer_that_zerobounce_gives_for_tests_is_understood(
    vendors: Running, local: str
) -> None:
    url = f"{vendors.env['ZEROBOUNCE_URL']}/validate"
    asked = {"api_key": vendors.env["ZEROBOUNCE_KEY"], "email": f"{local}@example.com"}
    answer = requests.get(url, asked, timeout=30).json()
    said = verifiers.zerobounce(answer["status"], answer["sub_status"], on=TODAY)
    assert "not known here" not in said.words
    assert (said.outcome is Outcome.EXISTS) == (
        answer["status"] == "valid" or answer["sub_status"] == "role_based"
    )
