"""Audit entries about people, who may belong to several companies or to none."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model

from crm.ledger import audit
from crm.tenants.models import User


class _Stranger(AnonymousUser):
    def __str__(self) -> str:
        return "somebody not signed in"


def write(person: User, verb: str, *, by: User | None) -> None:
    """Add an entry to the trail of each company of the person; `by=None`: nobody signed in."""
    actor: AbstractBaseUser = by or _Stranger()  # type: ignore[assignment]
    targets: list[Model] = list(person.memberships.select_related("user", "tenant"))
    for target in targets or [person]:
        audit.write(target, verb, by=actor)


def write_of_stranger(email: str, verb: str) -> None:
    """Add an entry about an address that nobody has; it belongs to no company."""
    audit.write(User(email=email[:250]), verb, by=_Stranger())  # type: ignore[arg-type]
