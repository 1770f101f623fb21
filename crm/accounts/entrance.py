"""The way in: who has shown the first proof shows the second, where they have one, and is in.

Between the two a session knows no person, only who is at the door; that lasts ten minutes and ends
when the password changes.
"""

import time

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from crm.accounts import devices, factors, proof, trail
from crm.tenants.models import User

AT_THE_DOOR = "at the door"
PATIENCE = 600
# What the trail says that somebody has shown.
PASSWORD_ALONE, PASSKEY_ALONE = "password alone", "passkey alone"


def let_in(request: HttpRequest, person: User, *, back: str) -> HttpResponse:
    """Take the next step after the password: the second factor, or the page they wanted."""
    if not factors.has(person):
        return enter(request, person, by_what=PASSWORD_ALONE, back=back)
    request.session.cycle_key()
    request.session[AT_THE_DOOR] = [str(person.pk), time.time(), person.get_session_auth_hash()]
    query = f"?{urlencode({'next': back})}" if back else ""
    return redirect(f"{reverse('tenants:second_step')}{query}")


def at_the_door(request: HttpRequest) -> User | None:
    """Give the person who has shown a password and still has to show the second factor."""
    ident, since, mark = request.session.get(AT_THE_DOOR, ("", 0, ""))
    if not ident or time.time() - since > PATIENCE:
        return None
    person = User.objects.filter(pk=ident, is_active=True).first()
    return person if person and person.get_session_auth_hash() == mark else None


def enter(request: HttpRequest, person: User, *, by_what: str, back: str = "") -> HttpResponse:
    """Sign in somebody who has shown all that is asked of them: `by_what`, as the trail says it."""
    request.session.pop(AT_THE_DOOR, None)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    proof.give(request)
    trail.write(person, "signed in as", by=person, by_what=by_what)
    response = redirect(page_behind(request, back))
    devices.remember(request, response, person.email)
    return response


def page_behind(request: HttpRequest, back: str) -> str:
    """Give the page to go to after this; another site's is none of ours."""
    own = {request.get_host()}
    if back and url_has_allowed_host_and_scheme(back, own, require_https=request.is_secure()):
        return back
    # Whoever looks after the installation and works for no company begins where they can help.
    is_outside = request.user.is_superuser and not request.user.memberships.exists()
    return resolve_url("support:page" if is_outside else settings.LOGIN_REDIRECT_URL)
