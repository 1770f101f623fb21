"""A forgotten password: a link by e-mail, the same answer to everybody, and it works once."""

import re
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils.http import urlsafe_base64_encode

from crm.accounts.models import Try
from crm.ledger.models import AuditEntry
from crm.mail.models import Mail
from crm.tenants import password_link
from crm.tenants.models import User
from tests.accounts.conftest import (
    OTHER,
    PASSWORD,
    browser_of,
    is_in,
    letters_to,
    link_in,
    sign_in,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
ASK = "/sign-in/forgotten/"


def ask(email: str, address: str = "198.51.100.1") -> str:
    answer = Client().post(ASK, {"email": email}, REMOTE_ADDR=address)
    assert answer.status_code == 200
    return re.sub(r'(Token": "|value=")\w{64}', "", answer.content.decode())


def test_a_forgotten_password_is_replaced_by_a_link_from_the_mailbox(people: Cast) -> None:
    ben = people.ben
    at_home, forgetful = browser_of(ben), Client()
    assert "Forgotten your password?" in forgetful.get("/sign-in/").content.decode()
    ask(ben.email.upper())
    [(subject, text)] = letters_to(ben.email)
    assert subject == "Reset your password for Fieldfare"
    link = link_in(text)
    answer = forgetful.post(link, {"password": OTHER}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert not is_in(at_home)
    assert is_in(forgetful)
    assert letters_to(ben.email)[-1][0] == "Your password was changed"
    verbs = AuditEntry.objects.filter(target="Ben, rep").values_list("verb", flat=True)
    assert list(verbs.order_by("id"))[-2:] == ["set a password by link as", "signed in as"]


def test_the_link_works_once_and_not_after_the_password_was_changed(people: Cast) -> None:
    ask(people.ben.email)
    ask(people.ben.email)
    first, second = (link_in(text) for _, text in letters_to(people.ben.email))
    Client().post(first, {"password": OTHER})
    for link in (first, second):
        answer = Client().post(link, {"password": PASSWORD})
        assert answer.status_code == 410
        assert "This link works no longer." in answer.content.decode()
    assert User.objects.get(pk=people.ben.pk).check_password(OTHER)


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 410)])
def test_the_link_works_for_a_day(people: Cast, hours: int, status: int) -> None:
    ask(people.ben.email)
    link = link_in(letters_to(people.ben.email)[0][1])
    then = datetime.now() + timedelta(hours=hours)
    with patch.object(password_link._Tokens, "_now", lambda tokens: then):
        assert Client().get(link).status_code == status


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(people: Cast) -> None:
    known = ask(people.ben.email).replace(people.ben.email, "…")
    unknown = ask("nobody@acme.example").replace("nobody@acme.example", "…")
    assert known == unknown
    assert letters_to("nobody@acme.example") == []


def test_nobody_s_mailbox_can_be_flooded(people: Cast) -> None:
    for number in range(6):
        ask(people.ben.email, address=f"203.0.113.{number}")
    assert len(letters_to(people.ben.email)) == 3
    Try.objects.update(at=datetime.now().astimezone() - timedelta(minutes=61))
    ask(people.ben.email)
    assert len(letters_to(people.ben.email)) == 4


def test_nobody_asks_for_many_people_at_once(people: Cast) -> None:
    for number in range(25):
        ask(f"nobody{number}@acme.example")
    ask(people.ben.email)
    assert letters_to(people.ben.email) == []
    ask(people.ben.email, address="203.0.113.9")
    assert len(letters_to(people.ben.email)) == 1


def test_a_closed_account_gets_no_link(people: Cast) -> None:
    User.objects.filter(pk=people.ben.pk).update(is_active=False)
    ask(people.ben.email)
    assert letters_to(people.ben.email) == []


def test_the_link_is_nowhere_to_be_read(people: Cast) -> None:
    ask(people.ben.email)
    mail = Mail.of(people.tenant).get(user=people.ben)
    assert mail.is_secret
    link = link_in(letters_to(people.ben.email)[0][1])
    for text in (mail.text, mail.html):
        assert "set-password" not in text
    said = as_person(people.ada).get(f"/admin/mail/mail/{mail.pk}/change/").content.decode()
    assert link not in said
    assert "nobody else is shown it" in said


def test_a_link_of_somebody_else_s_token_is_refused(people: Cast) -> None:
    token = password_link.own_path(people.ben).rsplit("/", 2)[1]
    uid = urlsafe_base64_encode(str(people.ada.pk).encode())
    assert Client().get(f"/set-password/{uid}/{token}/").status_code == 410


def test_the_old_password_is_gone(people: Cast) -> None:
    ask(people.ben.email)
    Client().post(link_in(letters_to(people.ben.email)[0][1]), {"password": OTHER})
    assert sign_in(Client(), people.ben).status_code == 200
    assert sign_in(Client(), people.ben, OTHER).status_code == 302


def test_what_is_no_address_is_said(people: Cast) -> None:
    answer = Client().post(ASK, {"email": "ben"})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
