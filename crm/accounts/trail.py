"""Audit entries about people, who may belong to several companies or to none."""

from django.db.models import Model

from crm.ledger import audit
from crm.ledger.author import STRANGER
from crm.tenants.models import User


def write(person: User, verb: str, *, by: User | None, by_what: str = "") -> None:
    """Add an entry to the trail of each company of the person; `by=None`: nobody signed in.

    `by_what` says what they showed at the door.
    """
    targets: list[Model] = list(person.memberships.select_related("user", "tenant"))
    for target in targets or [person]:
        audit.write(target, verb, by=by or STRANGER, after={"with": by_what} if by_what else None)


def write_of_stranger(email: str, verb: str) -> None:
    """Add an entry about an address that nobody has; it belongs to no company."""
    audit.write(User(email=email[:250]), verb, by=STRANGER)
