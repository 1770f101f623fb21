"""A new e-mail address: kept aside until whoever reads its mail has shown that they are the person.

Whether somebody else has the address already is not told: then the letter is not written, and
nothing else is different.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from crm.accounts import letters, trail
from crm.accounts.limits import Limit
from crm.accounts.models import NewAddress
from crm.ledger import audit
from crm.tenants.models import User
from crm.tenants.people import normal

LASTS = timedelta(days=1)
ASKED = Limit("new address", 5, timedelta(hours=1))


class NotNow(ValueError):
    """The address can't be asked for; the sentence says why."""


class Taken(ValueError):
    """Somebody has it already."""


@transaction.atomic
def ask(person: User, email: str) -> None:
    """Send the link to the new address; raises NotNow."""
    email = normal(email)
    if email == person.email:
        raise NotNow("That is your address already.")
    if letters.home(person) is None:
        raise NotNow("You belong to no company here, so no e-mail can be sent for you.")
    if ASKED.free_at(str(person.pk)):
        raise NotNow("You have asked for this often in the last hour. Try again later.")
    ASKED.note(str(person.pk))
    token = secrets.token_urlsafe(32)
    NewAddress.objects.update_or_create(
        user=person,
        defaults={"email": email, "digest": _digest(token), "asked_at": timezone.now()},
    )
    trail.write(person, "asked for another e-mail address as", by=person)
    if not User.objects.filter(email=email).exists():
        letters.send_confirmation(person, email, reverse("accounts:address", args=[token]))


def waiting(person: User) -> NewAddress | None:
    """Give the address that waits to be confirmed."""
    since = timezone.now() - LASTS
    return NewAddress.objects.filter(user=person, asked_at__gt=since).first()


def behind(person: User, token: str) -> NewAddress | None:
    """Give the address that the link confirms for this person; None once it works no longer."""
    found = waiting(person)
    if found is None or not secrets.compare_digest(found.digest, _digest(token)):
        return None
    return found


def confirm(person: User, new: NewAddress) -> None:
    """Have the person sign in with the new address from now on; raises Taken."""
    before = person.email
    try:
        with transaction.atomic():
            new.delete()
            letters.tell(
                person,
                "Your e-mail address was changed",
                f"You sign in to Fieldfare with {new.email} from now on. This is the last e-mail "
                f"to {before}.",
            )
            person.email = new.email
            person.save(update_fields=["email"])
            for membership in person.memberships.select_related("user", "tenant"):
                audit.write(
                    membership,
                    "changed the e-mail address of",
                    by=person,
                    before={"email": before},
                    after={"email": new.email},
                )
    except IntegrityError as error:
        person.email = before
        NewAddress.objects.filter(user=person).delete()
        raise Taken("This address can't be used.") from error


def forget(person: User) -> None:
    """Stay with the present address."""
    NewAddress.objects.filter(user=person).delete()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
