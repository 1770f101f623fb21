"""Who belongs to a tenant."""

from collections.abc import Iterable

from django.db import connection

from crm.ledger import audit
from crm.tenants.models import Membership, Role, Tenant, User


def join(tenant: Tenant, user: User, role: Role) -> Membership:
    """Make the person a member."""
    membership = Membership.of(tenant).create(tenant=tenant, user=user, role=role)
    audit.write(membership, "joined", by=user, after={"role": role.value})
    return membership


def owners(tenant: Tenant) -> list[User]:
    """Give the tenant's owners."""
    memberships = Membership.of(tenant).filter(role=Role.OWNER, user__is_active=True)
    return [membership.user for membership in memberships.select_related("user")]


def who_is_still_here(tenant: Tenant, people: Iterable[User]) -> list[User]:
    """Keep those who are members, in their order."""
    people = list(people)
    here = Membership.of(tenant).filter(user__in=people, user__is_active=True)
    ids = set(here.values_list("user_id", flat=True))
    return [person for person in people if person.pk in ids]


class CannotJoin(Exception):
    """Nobody can be made a member under this e-mail address; the sentence says why."""


def known(tenant: Tenant, email: str) -> User | None:
    """Give the person of this address, if there is one who may join; raises CannotJoin.

    Until the transaction ends nobody else can make a person of the same address.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [email.lower()])
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        return None
    if Membership.of(tenant).filter(user=person).exists():
        raise CannotJoin(f"{person} is a member already.")
    if not person.is_active:
        raise CannotJoin("The account of this address is closed. Take another address.")
    # A person works for one company: with two, each could set the password to the other's rows.
    if person.memberships.exists():
        raise CannotJoin("This address belongs to another company here. Take another one.")
    return person


def person(email: str, name: str, tenant: Tenant) -> User:
    """Give the person of an address that `known` let pass, whom no old password lets in."""
    somebody = known(tenant, email)
    if somebody is None:
        return User.objects.create_user(email, name=name, zone=tenant.zone)
    if not somebody.is_superuser:
        # Whoever made this account before need not be the person who now joins.
        somebody.set_unusable_password()
        somebody.save(update_fields=["password"])
    return somebody
