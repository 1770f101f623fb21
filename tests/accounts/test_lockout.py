"""Wrong passwords: five, then a quarter of an hour, and nobody is locked out for good."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client

from crm.accounts.models import Try
from crm.ledger.models import AuditEntry
from tests.accounts.conftest import OTHER, PASSWORD, browser_of, is_in, letters_to, link_in, sign_in
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
HOME, ELSEWHERE = "198.51.100.1", "203.0.113.7"
WRONG = "not this one"


def later(minutes: int) -> None:
    """Let the clock go on: what has happened was longer ago."""
    by = timedelta(minutes=minutes)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - by)
    Try.objects.update(at=F("at") - by)


def guess(email: str, times: int = 5, address: str = HOME, browser: Client | None = None) -> None:
    for _ in range(times):
        sign_in(browser or Client(), email, WRONG, address=address)


def test_five_wrong_passwords_lock_out_for_a_quarter_of_an_hour(people: Cast) -> None:
    ben = people.ben
    guess(ben.email, 4)
    assert sign_in(Client(), ben).status_code == 302
    guess(ben.email, 5)
    answer = sign_in(Client(), ben)
    assert answer.status_code == 429
    said = answer.content.decode()
    assert "There were too many wrong passwords. Try again in 15 minutes" in said
    assert "reset your password by e-mail" in said
    later(14)
    assert "Try again in a minute" in sign_in(Client(), ben).content.decode()
    later(1)
    assert sign_in(Client(), ben).status_code == 302


def test_the_case_of_the_address_makes_no_second_account_to_guess_at(people: Cast) -> None:
    guess(people.ben.email, 3)
    guess(f" {people.ben.email.upper()}", 2)
    assert sign_in(Client(), people.ben).status_code == 429


def test_letters_that_look_alike_make_no_second_account_to_guess_at(people: Cast) -> None:
    charlie = people.charlie
    for other in (charlie.email.replace("i", "ı", 1), charlie.email.replace("i", "İ", 1)):
        assert sign_in(Client(), other).status_code == 200
    people.ben.email = "BEN@Home.example"
    people.ben.save()
    assert sign_in(Client(), "ben@home.EXAMPLE").status_code == 302


def test_attempts_meanwhile_do_not_make_it_longer(people: Cast) -> None:
    guess(people.ben.email)
    later(10)
    guess(people.ben.email, 8)
    later(5)
    assert sign_in(Client(), people.ben).status_code == 302


def test_another_address_and_another_person_are_not_locked_out(people: Cast) -> None:
    guess(people.ben.email)
    assert sign_in(Client(), people.ben, address=ELSEWHERE).status_code == 302
    assert sign_in(Client(), people.ada).status_code == 302


def test_a_header_is_no_other_address(people: Cast) -> None:
    guess(people.ben.email)
    answer = sign_in(Client(), people.ben, headers={"X-Forwarded-For": ELSEWHERE})
    assert answer.status_code == 429


def test_a_known_device_is_not_asked_about_the_failures_of_others(people: Cast) -> None:
    mine = browser_of(people.ben)
    mine.post("/sign-out/")
    guess(people.ben.email)
    assert sign_in(Client(), people.ben).status_code == 429
    assert sign_in(mine, people.ben).status_code == 302
    mine.post("/sign-out/")
    guess(people.ben.email, 5, browser=mine)
    assert sign_in(mine, people.ben).status_code == 429


def test_many_addresses_that_guess_at_one_person_are_limited_together(people: Cast) -> None:
    mine = browser_of(people.ben)
    mine.post("/sign-out/")
    for number in range(10):
        guess(people.ben.email, 3, address=f"203.0.113.{number}")
    assert sign_in(Client(), people.ben, address="192.0.2.1").status_code == 429
    assert sign_in(mine, people.ben).status_code == 302


def test_one_address_that_guesses_at_many_people_is_limited(people: Cast) -> None:
    for number in range(15):
        guess(f"nobody{number}@acme.example", 4)
    assert sign_in(Client(), people.ben).status_code == 429
    assert sign_in(Client(), people.ben, address=ELSEWHERE).status_code == 302


def test_a_new_password_by_e_mail_lets_in_at_once(people: Cast) -> None:
    guess(people.ben.email)
    browser = Client()
    browser.post("/sign-in/forgotten/", {"email": people.ben.email})
    link = link_in(letters_to(people.ben.email)[0][1])
    browser.post(link, {"password": OTHER}, REMOTE_ADDR=HOME)
    assert is_in(browser)
    assert sign_in(Client(), people.ben, OTHER).status_code == 302


def test_an_address_that_nobody_has_is_locked_out_in_the_same_words(people: Cast) -> None:
    guess("nobody@acme.example")
    guess(people.ben.email)
    answers = [sign_in(Client(), email) for email in ("nobody@acme.example", people.ben.email)]
    assert {answer.status_code for answer in answers} == {429}
    errors = {str(answer.context["form"].non_field_errors()) for answer in answers}
    assert len(errors) == 1


def test_it_is_written_down(people: Cast) -> None:
    guess(people.ben.email)
    guess("nobody@acme.example", 1)
    entries = AuditEntry.objects.filter(verb__contains=" as").order_by("id")
    seen = [(each.tenant_id, each.actor, each.verb, each.target) for each in entries]
    stranger = "somebody not signed in"
    assert seen == [
        *[(people.tenant.pk, stranger, "failed to sign in as", "Ben, rep")] * 5,
        (people.tenant.pk, stranger, "was locked out as", "Ben, rep"),
        (None, stranger, "failed to sign in as", "nobody@acme.example"),
    ]
    assert {each.address for each in entries} == {HOME}
    assert WRONG not in str(list(AccessAttempt.objects.values()))


def test_managers_do_not_see_the_library_s_tables(people: Cast) -> None:
    guess(people.ben.email)
    ada = as_person(people.ada)
    assert "/admin/axes/" not in ada.get("/admin/").content.decode()
    assert ada.get("/admin/axes/accessattempt/").status_code in (302, 403)
    for path in ("mfa/authenticator", "usersessions/usersession", "account/emailaddress"):
        assert ada.get(f"/admin/{path}/").status_code == 404, path


def test_signing_in_costs_few_queries(people: Cast, django_assert_max_num_queries: object) -> None:
    browser = Client()
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        assert sign_in(browser, people.ben, PASSWORD).status_code == 302
