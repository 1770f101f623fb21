"""Helping a colleague who has lost their second factor: taken away by whoever looks after them."""

from django.db import transaction

from crm.accounts import factors, letters, sessions
from crm.ledger import audit
from crm.tenants.models import Membership, Role, User
from crm.tenants.permissions import Permission, may


class NotTheirs(Exception):
    """This member's second factor is not for this person to reset; the sentence says why."""


@transaction.atomic
def reset(membership: Membership, *, by: Membership) -> None:
    """Take the member's second factors away; the password alone lets them in. Raises NotTheirs."""
    person = membership.user
    check(membership, by=by)
    if not factors.remove_all(person):
        raise NotTheirs(f"{person} has no second factor.")
    sessions.end_all(person)
    _tell(person, by.user)
    audit.write(membership, "reset the second factor of", by=by.user)


def check(membership: Membership, *, by: Membership) -> None:
    """Say who may reset whose; raises NotTheirs."""
    person = membership.user
    if membership.tenant_id != by.tenant_id or not may(by, Permission.ADMINISTER):
        raise NotTheirs(f"You may not reset the second factor of {person}.")
    if membership.role == Role.OWNER and not may(by, Permission.OWN):
        raise NotTheirs(f"{person} is an owner: only an owner can reset their second factor.")
    if person.pk == by.user_id:
        raise NotTheirs("Remove your own second factor on your account page.")
    if person.is_superuser:
        raise NotTheirs(f"{person} looks after this installation and keeps the second factor.")
    if person.memberships.count() > 1:
        raise NotTheirs(
            f"{person} works for another company here, too: a recovery code is the way in."
        )


def _tell(person: User, by: User) -> None:
    letters.tell(
        person,
        "Your second factor was reset",
        f"{by} has removed the second factor of your Fieldfare account, so that your password "
        "alone lets you in. Everything that was signed in as you has been signed out. Set up a new "
        "one on your account page.",
    )
