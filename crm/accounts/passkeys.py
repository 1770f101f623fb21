"""Passkeys: made in the browser, checked here. One that its owner unlocks is both factors."""

import json
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from crm.tenants.models import User

LONGEST_NAME = 60
LONGEST_ANSWER = 20_000
# In what the session remembers of a question: what it was asked for. An answer serves nothing else.
PURPOSE = "purpose"
NO_PIN = "That key did not ask who you are. Give it a PIN, then try again."
# What the library raises at the bytes of a stranger.
UNREADABLE = (
    ValidationError, ValueError, TypeError, AttributeError, LookupError, RecursionError,
    NotImplementedError, struct.error,
)  # fmt: skip


class NotAccepted(ValueError):
    """The browser's answer does not fit what was asked; the sentence says what to do."""


def ask_to_make(person: User) -> str:
    """Give what the browser needs to make a passkey, as JSON."""
    asked = auth.begin_registration(person, passwordless=True)
    _note(f"make {person.pk}")
    return json.dumps(asked)


def make(person: User, answer: str, name: str) -> Any:
    """Keep the passkey that the browser has made; raises NotAccepted."""
    credential = _read(answer)
    try:
        _expect(f"make {person.pk}")
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except UNREADABLE as error:
        raise NotAccepted("That passkey was not accepted. Try again.") from error
    if not made.is_user_verified():
        raise NotAccepted(NO_PIN)
    return auth.WebAuthn.add(person, name.strip()[:LONGEST_NAME] or "Passkey", credential)


def ask_for_one(person: User | None) -> str:
    """Give what the browser needs to show one, as JSON: of this person, or of anybody."""
    asked = auth.begin_authentication(person)
    _note(_showing(person))
    return json.dumps(asked)


def check(person: User | None, answer: str) -> Any:
    """Give the passkey (and by it its person) that the browser has shown; raises NotAccepted."""
    credential = _read(answer)
    try:
        _expect(_showing(person))
        given = auth.parse_authentication_response(credential)
        is_verified = given.response.authenticator_data.is_user_verified()
        owner = person or auth.extract_user_from_response(credential)
        shown = auth.complete_authentication(owner, credential) if is_verified else None
    except UNREADABLE as error:
        raise NotAccepted(
            "That passkey was not accepted. Try again, or sign in another way."
        ) from error
    if shown is None:
        raise NotAccepted(NO_PIN)
    shown.record_usage()
    return shown


def of(person: User) -> Any:
    """Give the person's passkeys."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)


def _showing(person: User | None) -> str:
    return f"show {person.pk}" if person else "show whose it is"


def _note(purpose: str) -> None:
    auth.set_state({**auth.get_state(), PURPOSE: purpose})


def _expect(purpose: str) -> None:
    if (auth.get_state() or {}).get(PURPOSE) != purpose:
        raise ValueError("Nothing was asked for that this could answer.")


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise NotAccepted("The browser gave no passkey. Try again.")
    return given
