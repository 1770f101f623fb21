"""A forgotten password: a link to the mailbox of the account, and whoever opens it chooses anew."""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest

from crm.accounts import letters, lockout, sessions, trail
from crm.accounts.limits import Limit
from crm.tenants import password_link, whereabouts
from crm.tenants.models import User

HOUR = timedelta(hours=1)
TO_ONE = Limit("reset letter", 3, HOUR)
FROM_ONE_ADDRESS = Limit("reset from", 20, HOUR)


@transaction.atomic
def ask(request: HttpRequest, email: str) -> None:
    """Send the link if there is an account; whoever asks can't tell whether there is.

    Nobody's mailbox is filled by strangers: what is too much is not sent, and not said either.
    """
    address, email = whereabouts.address(request), lockout.normal(email)
    if FROM_ONE_ADDRESS.free_at(address) or TO_ONE.free_at(email):
        return
    FROM_ONE_ADDRESS.note(address)
    TO_ONE.note(email)
    person = User.objects.filter(email=email, is_active=True).first()
    if person is None or not letters.send_reset(person, password_link.own_path(person)):
        return
    trail.write(person, "asked for a password link as", by=None)


def choose(request: HttpRequest, person: User, password: str) -> None:
    """Set the password behind a link; every session of before ends, and so does a lock-out."""
    was_forgotten = person.has_usable_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    sessions.end_all(person)
    lockout.release(request, person.email)
    trail.write(person, "set a password by link as", by=person)
    if was_forgotten:
        letters.tell(
            person,
            "Your password was changed",
            "A new password was set for your Fieldfare account by a link. Everything that was "
            "signed in as you has been signed out.",
        )
