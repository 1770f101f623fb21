"""The secret of an app that is being set up: sealed in the session, and good for ten minutes."""

import time

from django.http import HttpRequest

from crm import sealed
from crm.accounts import factors

PENDING = "app being set up"
PATIENCE = 600


def begin(request: HttpRequest) -> str:
    """Make a secret for whoever is signed in, and remember it."""
    secret = factors.new_secret()
    request.session[PENDING] = [sealed.seal(secret, purpose=_purpose(request)), time.time()]
    return secret


def secret(request: HttpRequest) -> str | None:
    """Give the secret that the app was shown; None if that was never, or too long ago."""
    try:
        kept, since = request.session.get(PENDING, ("", 0))
        if time.time() - since < PATIENCE:
            return sealed.open_(kept, purpose=_purpose(request))
    except ValueError:
        # Sealed for somebody else, with another key, or not at all.
        pass
    forget(request)
    return None


def forget(request: HttpRequest) -> None:
    """Keep it no longer."""
    request.session.pop(PENDING, None)


def _purpose(request: HttpRequest) -> str:
    return f"app being set up by {request.user.pk}"
