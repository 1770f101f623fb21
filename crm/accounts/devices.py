"""The devices on which a person has signed in before: a lock-out meant for others passes them by.

The cookie holds a name for the device and a keyed digest of each person who signed in here. It lets
nobody in; it only says that wrong passwords elsewhere are not this device's.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "device"
SALT = "crm.accounts.devices"
KEPT = timedelta(days=180)
MOST_PEOPLE = 5


@dataclass(frozen=True)
class Device:
    name: str
    people: tuple[str, ...]


def known(request: HttpRequest, email: str) -> str:
    """Give the device's name if this person has signed in on it, else ""."""
    device = _read(request)
    return device.name if device and _digest(email) in device.people else ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Note in the answer that this person has signed in here."""
    before = _read(request) or Device(secrets.token_urlsafe(12), ())
    mine = _digest(email)
    people = [mine, *(each for each in before.people if each != mine)][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([before.name, *people], salt=SALT),
        max_age=KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> Device | None:
    try:
        name, *people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(name, tuple(people))


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:24]
