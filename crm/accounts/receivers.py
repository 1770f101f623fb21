"""What follows when somebody comes in, goes, fails to come in or leaves their last company."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete
from django.http import HttpRequest

from crm.accounts import lockout, sessions, trail
from crm.tenants.models import Membership, User


def connect() -> None:
    """Listen; called once when everything is loaded."""
    user_logged_in.connect(came_in, dispatch_uid="accounts")
    user_logged_out.connect(went, dispatch_uid="accounts")
    user_login_failed.connect(failed, dispatch_uid="accounts")
    post_delete.connect(left, sender=Membership, dispatch_uid="accounts")


def came_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Put the session on the person's list, whichever way they came."""
    sessions.begin(request, user)


def went(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Take it off again."""
    sessions.forget(request)


def failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    """Count a wrong password and write it down; axes has counted its part by then."""
    if request is None:
        return
    email = lockout.username(request, credentials)
    is_too_many = lockout.note(request, email)
    person = User.objects.filter(email=email).first()
    for verb in ("failed to sign in as", *(["was locked out as"] if is_too_many else [])):
        if person is None:
            trail.write_of_stranger(email, verb)
        else:
            trail.write(person, verb, by=None)


def left(sender: Any, instance: Membership, **_: Any) -> None:
    """End the sessions of somebody who belongs to no company any more."""
    person = instance.user
    if not person.is_superuser and not person.memberships.exists():
        sessions.end_all(person)
