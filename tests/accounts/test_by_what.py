"""The trail says what somebody showed at the door; of a spent recovery code they get a letter."""

import pytest
from django.test import Client

from crm.accounts import factors
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.models import User
from tests.accounts.conftest import code_of, letters_to, sign_in
from tests.accounts.test_passkeys import BY_PASSKEY, CODE, UNLOCKED, Key, key_of, show
from tests.accounts.test_second_factor import GiveApp, second_step
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
SPENT = "A recovery code was used"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Gecko/20100101 Firefox/140.0"


def shown_by(person: User, verb: str = "signed in as") -> list[str]:
    """With what somebody signed in as this person, time after time."""
    entries = AuditEntry.objects.filter(verb=verb, target_id=str(person.memberships.get().pk))
    numbers = list(entries.order_by("id").values_list("pk", flat=True))
    told = AuditPayload.objects.in_bulk(numbers)
    return [told[each].after["with"] for each in numbers]


def passkey_at(browser: Client, key: Key, path: str) -> None:
    browser.get(path)
    assert show(browser, path, key.answer(browser, UNLOCKED)).status_code == 302


def test_each_way_in_has_its_words(people: Cast, with_app: GiveApp) -> None:
    sign_in(Client(), people.ben)
    key, browser = key_of(people.ben), Client()
    passkey_at(browser, key, BY_PASSKEY)
    browser = Client()
    sign_in(browser, people.ben)
    passkey_at(browser, key, CODE)
    secret, (code, *_) = with_app(people.ben), factors.renew_codes(people.ben)
    second_step(Client(), people.ben, code_of(secret))
    second_step(Client(), people.ben, code)
    assert shown_by(people.ben) == [
        "password alone",
        "passkey alone",
        "password and passkey",
        "password and authenticator app",
        "password and recovery code",
    ]
    page = as_person(people.ada).get("/admin/ledger/auditentry/").content.decode()
    assert "Signed in with password and authenticator app" in page


def test_who_knows_the_password_alone_is_told_apart(people: Cast, with_app: GiveApp) -> None:
    with_app(people.ben)
    assert second_step(Client(), people.ben, "000000").status_code == 422
    (said,) = shown_by(people.ben, "failed to sign in as")
    assert said == "the right password, but no right second factor"


def test_a_spent_recovery_code_is_told_by_letter(people: Cast, with_app: GiveApp) -> None:
    secret, codes = with_app(people.ben), factors.renew_codes(people.ben)
    second_step(Client(), people.ben, code_of(secret))
    assert SPENT not in dict(letters_to(people.ben.email))

    browser = Client(headers={"user-agent": MAC}, REMOTE_ADDR="192.0.2.7")
    second_step(browser, people.ben, codes[0])
    text = dict(letters_to(people.ben.email))[SPENT]
    assert "Firefox on Mac, 192.0.2.7. 9 are left." in text
    assert "make new recovery codes on your account page" in text
    for code in codes[1:]:
        second_step(Client(), people.ben, code)
    *_, few, one, none = [said for subject, said in letters_to(people.ben.email)]
    assert "2 are left; make new ones on your account page before they are used up." in few
    assert "One is left; make new ones" in one
    assert "It was the last one: make new ones" in none
