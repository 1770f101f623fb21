"""Showing once more who one is, before something that opens or shuts the account."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from crm.accounts import devices, factors, limits
from crm.accounts.limits import Limit, minutes
from crm.tenants import coming_in, whereabouts
from crm.tenants.models import User

GIVEN = "proof given"
LASTS = 900
# Of one person on one device, or from one address: else whoever knows a colleague's password could
# keep them from their second factor.
WRONG = Limit("wrong proof", 5, timedelta(minutes=15))
# Of one person from everywhere. Whoever sits at a device on which they have signed in before is not
# asked about it.
WRONG_IN_ALL = Limit("wrong proof in all", 20, timedelta(hours=1))

View = Callable[..., HttpResponse]


class Unproven(ValueError):
    """It was not right, or there were too many tries; the sentence says which."""


def signed_in(view: View) -> View:
    """Guard a page that belongs to a person, not to a company."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return coming_in.to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def needed(view: View) -> View:
    """Guard what only the person may do, not whoever finds their screen open."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_given(request) else ask(request)

    return signed_in(guarded)


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to where the password is asked for, and back."""
    # What was sent with a form can't be kept; its page can be opened again.
    back = request.path if request.method == "GET" else reverse("accounts:page")
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")


def is_given(request: HttpRequest) -> bool:
    return time.time() - float(request.session.get(GIVEN, 0)) < LASTS


def give(request: HttpRequest) -> None:
    request.session[GIVEN] = time.time()


def check_password(request: HttpRequest, person: User, password: str) -> None:
    """Ask for the present password, and not too often; raises Unproven."""
    _check(request, person, "password", lambda: person.check_password(password))


def check_code(request: HttpRequest, person: User, code: str) -> str:
    """Ask for a code of the app or a recovery code, and not too often; raises Unproven.

    Gives which of the two it was.
    """
    return str(_check(request, person, "code", lambda: factors.accepts(person, code)))


def _check(request: HttpRequest, person: User, what: str, look: Callable[[], Any]) -> Any:
    """Look at what was given unless there were too many; in a transaction, else nobody waits."""
    whose = f"{what} {person.pk}"
    limits.hold(whose)
    device = devices.known(request, person.email)
    here = f"{whose} {device or whereabouts.address(request)}"
    ends = (WRONG.free_at(here), None if device else WRONG_IN_ALL.free_at(whose))
    if (until := max((end for end in ends if end is not None), default=None)) is not None:
        raise Unproven(f"There were too many wrong tries. Try again in {minutes(until)}.")
    if found := look():
        WRONG.forget(here)
        return found
    WRONG.note(here)
    WRONG_IN_ALL.note(whose)
    raise Unproven(f"That {what} is not right.")


def person_of(request: HttpRequest) -> User:
    """Give whoever is signed in; for views behind `signed_in`."""
    return cast(User, request.user)
