"""People with passwords, and what they find in their mailbox."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from crm.accounts import factors
from crm.mail import secrecy
from crm.mail.models import Mail
from crm.tenants.models import User
from tests.people import Cast

PASSWORD = "a quiet harbour at dawn"
OTHER = "another harbour at dusk"
# Codes are tried faster than they change.
STEP = 30


def code_of(secret: str, *, later: int = 0) -> str:
    """The code that an app with this secret shows, now or some half minutes later."""
    counter = int(time.time()) // STEP + later
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def sign_in(browser: Client, person: User | str, password: str = PASSWORD, **more: Any) -> Any:
    email = person if isinstance(person, str) else person.email
    headers = more.pop("headers", None)
    address = more.pop("address", "198.51.100.1")
    given = {"username": email, "password": password} | more
    return browser.post("/sign-in/", given, headers=headers, REMOTE_ADDR=address)


def is_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def browser_of(person: User) -> Client:
    browser = Client()
    assert sign_in(browser, person).status_code == 302
    return browser


def letters_to(address: str) -> list[tuple[str, str]]:
    """Subject and text of each letter to this address, the newest last."""
    rows = Mail.across_tenants.filter(to=address).order_by("id")
    return [(mail.subject, secrecy.read(mail)[0]) for mail in rows]


def link_in(text: str) -> str:
    found = re.search(r"http://[^/\s]+(/\S+)", text)
    assert found, text
    return found[1]


@pytest.fixture
def people(db: None, cast: Cast) -> Cast:
    """The cast, who all have the same password."""
    for person in (cast.ada, cast.ben, cast.vera, cast.charlie):
        person.set_password(PASSWORD)
        person.save()
    return cast


@pytest.fixture
def with_app() -> Callable[[User], str]:
    """Gives somebody an authenticator app, and the test its secret."""

    def giving(person: User) -> str:
        secret = factors.new_secret()
        # The code of a while ago: the one of this moment is still free.
        factors.add_app(person, secret, code_of(secret, later=-1))
        return secret

    return giving
