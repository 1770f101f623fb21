"""A second factor: an app's code, and recovery codes for the day the phone is lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections, transaction
from django.db.models import F
from django.test import Client, RequestFactory

from crm.accounts import factors, proof, unfinished
from crm.accounts.models import Try
from crm.ledger.models import AuditEntry
from crm.tenants.models import Role, User
from tests.accounts.conftest import (
    OTHER,
    browser_of,
    code_of,
    is_in,
    letters_to,
    link_in,
    sign_in,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
APP = "/account/second-factor/app/"
CODES = "/account/second-factor/codes/"
GiveApp = Callable[[User], str]


def set_up_app(browser: Client) -> tuple[str, list[str]]:
    """Do it as a person does; give the app's secret and the recovery codes."""
    secret = shown_secret(browser)
    answer = browser.post(APP, {"code": code_of(secret, later=-1)})
    assert answer.status_code == 200
    return secret, codes_in(answer)


def shown_secret(browser: Client) -> str:
    page = browser.get(APP).content.decode()
    found = re.search(r'account-secret">([^<]+)<', page)
    assert found
    assert 'src="data:image/svg+xml;base64,' in page
    return found[1].replace(" ", "")


def codes_in(answer: Any) -> list[str]:
    return re.findall(r"<code>(\d{5} \d{5})</code>", answer.content.decode())


def second_step(browser: Client, person: User, code: str, **more: str) -> Any:
    answer = sign_in(browser, person, **more)
    assert answer.headers["Location"].startswith("/sign-in/code/")
    assert not is_in(browser)
    return browser.post(answer.headers["Location"], {"code": code})


def test_an_app_is_set_up_and_asked_for_from_then_on(people: Cast) -> None:
    ben = browser_of(people.ben)
    secret, codes = set_up_app(ben)
    assert len(codes) == 10
    answer = second_step(Client(), people.ben, code_of(secret), next="/leads/")
    assert answer.headers["Location"] == "/leads/"
    assert letters_to(people.ben.email)[-1][0] == "A second factor was added"
    assert AuditEntry.objects.filter(verb="added a second factor to", actor="Ben").count() == 1


def test_the_secret_is_sealed(people: Cast, with_app: GiveApp) -> None:
    secret = with_app(people.ben)
    factors.renew_codes(people.ben)
    kept = str(list(Authenticator.objects.values("data")))
    assert secret not in kept
    assert kept.count("s1:") == 2


def test_the_session_begins_anew_with_a_second_factor(people: Cast) -> None:
    ben = browser_of(people.ben)
    before = ben.session.session_key
    set_up_app(ben)
    assert ben.session.session_key != before
    assert "This one" in ben.get("/account/").content.decode()


def test_a_code_works_once(people: Cast, with_app: GiveApp) -> None:
    code = code_of(with_app(people.ben))
    assert second_step(Client(), people.ben, code).status_code == 302
    again = second_step(Client(), people.ben, code)
    assert again.status_code == 422
    assert "That code is not right." in again.content.decode()


def test_a_recovery_code_works_once(people: Cast) -> None:
    _, codes = set_up_app(browser_of(people.ben))
    browser = Client()
    assert second_step(browser, people.ben, codes[3]).status_code == 302
    assert "9 left" in browser.get("/account/").content.decode()
    assert second_step(Client(), people.ben, codes[3]).status_code == 422


def test_new_recovery_codes_replace_the_ones_before(people: Cast) -> None:
    ben = browser_of(people.ben)
    _, before = set_up_app(ben)
    after = codes_in(ben.post(CODES))
    assert not set(before) & set(after)
    assert ben.get(CODES).status_code == 405
    assert second_step(Client(), people.ben, before[0]).status_code == 422
    assert second_step(Client(), people.ben, after[0]).status_code == 302


def test_codes_can_not_be_guessed(people: Cast, with_app: GiveApp) -> None:
    secret = with_app(people.ben)
    browser = Client()
    for _ in range(5):
        second_step(browser, people.ben, "000000")
    refused = second_step(browser, people.ben, code_of(secret))
    assert "There were too many wrong tries. Try again in 15 minutes." in refused.content.decode()
    Try.objects.update(at=F("at") - timedelta(minutes=15))
    assert second_step(browser, people.ben, code_of(secret)).status_code == 302


def test_whoever_knows_the_password_keeps_nobody_from_their_second_factor(
    people: Cast, with_app: GiveApp
) -> None:
    secret = with_app(people.ben)
    mine = Client()
    second_step(mine, people.ben, code_of(secret))
    mine.post("/sign-out/")
    for number in range(20):
        second_step(Client(REMOTE_ADDR=f"203.0.113.{number % 5}"), people.ben, "000000")
    elsewhere = second_step(Client(REMOTE_ADDR="192.0.2.1"), people.ben, code_of(secret, later=1))
    assert "There were too many wrong tries." in elsewhere.content.decode()
    assert second_step(mine, people.ben, code_of(secret, later=1)).status_code == 302


def test_many_codes_at_once_are_five_tries(
    committed_db: None, people: Cast, with_app: GiveApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_app(people.ben)
    looked_at = []
    monkeypatch.setattr(factors, "accepts", lambda *given: looked_at.append(given))
    together = Barrier(8)

    def guess(_: int) -> None:
        request = RequestFactory().post("/sign-in/code/")
        together.wait()
        try:
            with transaction.atomic(), suppress(proof.Unproven):
                proof.check_code(request, people.ben, "000000")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(8)))
    assert len(looked_at) == 5


def test_the_door_is_shut_again_after_a_while(
    people: Cast, with_app: GiveApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = with_app(people.ben)
    browser = Client()
    sign_in(browser, people.ben)
    monkeypatch.setattr("crm.accounts.entrance.PATIENCE", -1)
    answer = browser.post("/sign-in/code/", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "That took longer than ten minutes" in answer.content.decode()


def test_a_link_for_a_new_password_does_not_pass_the_second_factor(
    people: Cast, with_app: GiveApp
) -> None:
    secret = with_app(people.ben)
    browser = Client()
    browser.post("/sign-in/forgotten/", {"email": people.ben.email})
    link = link_in(letters_to(people.ben.email)[0][1])
    answer = browser.post(link, {"password": OTHER})
    assert answer.headers["Location"] == "/sign-in/code/"
    assert not is_in(browser)
    browser.post("/sign-in/code/", {"code": code_of(secret)})
    assert is_in(browser)


def test_removing_it_asks_for_the_password_once_more(people: Cast) -> None:
    ben = browser_of(people.ben)
    set_up_app(ben)
    session = ben.session
    session["proof given"] = 0
    session.save()
    asked = ben.post(f"{APP}remove/")
    assert asked.headers["Location"] == "/account/confirm/?next=%2Faccount%2F"
    assert factors.has(people.ben)
    wrong = ben.post("/account/confirm/", {"password": "not this one"})
    assert wrong.status_code == 422
    ben.post("/account/confirm/", {"password": "a quiet harbour at dawn"})
    ben.post(f"{APP}remove/")
    assert not Authenticator.objects.exists()
    assert letters_to(people.ben.email)[-1][0] == "A second factor was removed"
    assert AuditEntry.objects.filter(verb="removed a second factor of").count() == 1


def test_an_app_is_set_up_within_ten_minutes_and_its_secret_is_sealed_meanwhile(
    people: Cast,
) -> None:
    ben = browser_of(people.ben)
    secret = shown_secret(ben)
    assert shown_secret(ben) == secret
    session = ben.session
    assert secret not in str(dict(session))
    sealed, since = session[unfinished.PENDING]
    session[unfinished.PENDING] = [sealed, since - 600]
    session.save()
    late = ben.post(APP, {"code": code_of(secret)})
    assert "That took longer than ten minutes." in late.content.decode()
    assert not factors.has(people.ben)
    assert shown_secret(ben) != secret


def test_a_wrong_code_sets_up_nothing(people: Cast) -> None:
    ben = browser_of(people.ben)
    ben.get(APP)
    answer = ben.post(APP, {"code": "000000"})
    assert answer.status_code == 422
    assert "That is not the code of this moment." in answer.content.decode()
    assert not factors.has(people.ben)


@pytest.mark.parametrize(
    ("by", "whose", "said"),
    [
        ("ada", "ben", "Ben has no second factor any more"),
        ("mia", "ben", "Ben has no second factor any more"),
        ("mia", "ada", "Ada is an owner: only an owner can reset their second factor."),
        ("ada", "ada", "Remove your own second factor on your account page."),
    ],
)
def test_a_colleague_who_lost_the_phone_is_helped(
    people: Cast, with_app: GiveApp, by: str, whose: str, said: str
) -> None:
    helpers = {"ada": people.ada, "mia": people.join("Mia", Role.MANAGER)}
    person = {"ada": people.ada, "ben": people.ben}[whose]
    with_app(person)
    theirs = as_person(person)
    row = person.memberships.get()
    answer = as_person(helpers[by]).post(
        "/admin/tenants/membership/",
        {"action": "reset_second_factor", "_selected_action": str(row.pk)},
        follow=True,
    )
    assert said in answer.content.decode()
    is_reset = "no second factor any more" in said
    assert factors.has(person) != is_reset
    assert is_in(theirs) != is_reset
    entries = AuditEntry.objects.filter(verb="reset the second factor of", target=str(row))
    assert entries.count() == is_reset
    assert ("Your second factor was reset" in dict(letters_to(person.email))) == is_reset


def test_another_company_s_manager_resets_nothing(people: Cast, with_app: GiveApp) -> None:
    with_app(people.ben)
    row = people.ben.memberships.get()
    as_person(people.charlie).post(
        "/admin/tenants/membership/",
        {"action": "reset_second_factor", "_selected_action": str(row.pk)},
    )
    assert factors.has(people.ben)
