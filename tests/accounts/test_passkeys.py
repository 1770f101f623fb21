"""Passkeys as a stranger would misuse them: without the PIN, and with what is no passkey."""

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal import auth
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from crm.accounts.models import Try
from crm.tenants.models import User
from tests.accounts.conftest import is_in, sign_in
from tests.people import Cast

pytestmark = pytest.mark.django_db
BY_PASSKEY = "/sign-in/passkey/"
CODE = "/sign-in/code/"
HOST = hashlib.sha256(b"testserver").digest()
TOUCHED, UNLOCKED, NEW = 0x01, 0x05, 0x45


@dataclass(frozen=True)
class Key:
    """A security key, in the hand of its owner or of a thief."""

    person: User
    ident: bytes
    private: ec.EllipticCurvePrivateKey

    def answer(self, browser: Client, flags: int) -> str:
        """What the key shows for the question that this browser was asked last."""
        challenge = websafe_decode(browser.session[auth.STATE_SESSION_KEY]["challenge"])
        data = AuthenticatorData.create(HOST, flags, 1)
        client = CollectedClientData.create("webauthn.get", challenge, "https://testserver")
        signed = bytes(data) + hashlib.sha256(bytes(client)).digest()
        return as_json(
            self.ident,
            clientDataJSON=bytes(client),
            authenticatorData=bytes(data),
            signature=self.private.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=user_pk_to_url_str(self.person).encode(),
        )


def as_json(ident: bytes, **response: bytes) -> str:
    return json.dumps(
        {
            "id": websafe_encode(ident),
            "rawId": websafe_encode(ident),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }
    )


def key_of(person: User) -> Key:
    private, ident = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    public = ES256.from_cryptography_key(private.public_key())
    held = AttestedCredentialData.create(b"\0" * 16, ident, public)
    data = AuthenticatorData.create(HOST, NEW, 0, bytes(held))
    made = as_json(
        ident,
        clientDataJSON=bytes(CollectedClientData.create("webauthn.create", b"", "https://x")),
        attestationObject=bytes(AttestationObject.create("none", data, {})),
    )
    auth.WebAuthn.add(person, "Key", json.loads(made))
    return Key(person, ident, private)


def show(browser: Client, path: str, credential: str) -> Any:
    return browser.post(path, {"credential": credential})


def test_a_key_without_its_pin_lets_nobody_in(people: Cast) -> None:
    key = key_of(people.ada)
    browser = Client()
    browser.get(BY_PASSKEY)
    assert show(browser, BY_PASSKEY, key.answer(browser, TOUCHED)).status_code == 422
    sign_in(browser, people.ada)
    browser.get(CODE)
    assert show(browser, CODE, key.answer(browser, TOUCHED)).status_code == 422
    assert not is_in(browser)
    assert show(browser, CODE, key.answer(browser, UNLOCKED)).status_code == 302
    assert is_in(browser)


def test_what_is_asked_of_one_at_the_second_step_lets_in_nobody_else(people: Cast) -> None:
    stolen = key_of(people.ada)
    key_of(people.charlie)
    browser = Client()
    sign_in(browser, people.charlie)
    for flags in (TOUCHED, UNLOCKED):
        browser.get(CODE)
        assert show(browser, BY_PASSKEY, stolen.answer(browser, flags)).status_code == 422
    assert not is_in(browser)
    browser.get(BY_PASSKEY)
    assert show(browser, BY_PASSKEY, stolen.answer(browser, UNLOCKED)).status_code == 302


# Binary data that claims an extension, which is a list in a list in a list …
CLIENT = bytes(CollectedClientData.create("webauthn.get", b"", "https://testserver"))
DEEP = HOST + b"\x81" + b"\0" * 4 + b"\x81" * 9_000


@pytest.mark.parametrize(
    "credential",
    [
        "[" * 100_000,
        "[" * 19_000,
        as_json(b"k", clientDataJSON=CLIENT, authenticatorData=DEEP, signature=b"s"),
        json.dumps({"id": "x" * 20_000}),
    ],
    ids=["long", "deep", "deep inside", "long inside"],
)
def test_what_is_no_passkey_is_refused_and_counted(people: Cast, credential: str) -> None:
    browser = Client()
    browser.get(BY_PASSKEY)
    assert show(browser, BY_PASSKEY, credential).status_code == 422
    assert Try.objects.filter(kind="wrong from").count() == 1
