"""Who belongs to a tenant."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from crm.ledger import audit
from crm.tenants import teams
from crm.tenants.models import Membership, Role, Team, Tenant, User
from crm.tenants.permissions import Permission, roles_that


def join(tenant: Tenant, user: User, role: Role, team: Team | None = None) -> Membership:
    """Make the person a member."""
    membership = Membership.of(tenant).create(tenant=tenant, user=user, role=role, team=team)
    teams.mirror(membership, None)
    after = {"role": role.value} | ({"team": str(team)} if team else {})
    audit.write(membership, "joined", by=user, after=after)
    return membership


def owners(tenant: Tenant) -> list[User]:
    """Give the tenant's owners."""
    memberships = Membership.of(tenant).filter(role=Role.OWNER, user__is_active=True)
    return [membership.user for membership in memberships.select_related("user")]


def able(tenant: Tenant, permission: Permission) -> QuerySet[User]:
    """Give the members who may do this, by name."""
    here = Membership.of(tenant).filter(role__in=roles_that(permission)).values("user")
    return User.objects.filter(pk__in=here, is_active=True).order_by("name", "pk")


def who_is_still_here(tenant: Tenant, people: Iterable[User]) -> list[User]:
    """Keep those who are members, in their order."""
    people = list(people)
    here = Membership.of(tenant).filter(user__in=people, user__is_active=True)
    ids = set(here.values_list("user_id", flat=True))
    return [person for person in people if person.pk in ids]


def acting(tenant: Tenant, person: UUID | None) -> Membership | None:
    """Give the member in whose name something is done later; None if they have left."""
    rows = Membership.of(tenant).filter(user=person, user__is_active=True)
    return rows.select_related("tenant", "user", "team").first()


class NotHere(LookupError):
    """They belong to the company no longer, so nothing there can become theirs."""

    def __init__(self, tenant: Tenant, person: User) -> None:
        super().__init__(f"{person} does not belong to {tenant} any more. Choose somebody else.")


def stays(tenant: Tenant, person: User) -> bool:
    """Say whether the person is a member, and have them be one until the transaction ends.

    To be asked before rows are locked that go to others when somebody leaves.
    """
    with connection.cursor() as cursor:
        # As a foreign key would: changes of the member don't wait for each other because of it.
        cursor.execute(
            "SELECT 1 FROM tenants_membership WHERE tenant_id = %s AND user_id = %s FOR KEY SHARE",
            [tenant.pk, person.pk],
        )
        return cursor.fetchone() is not None


def keep(tenant: Tenant, person: User) -> None:
    """Have the person stay a member until the transaction ends; raises NotHere."""
    if not stays(tenant, person):
        raise NotHere(tenant, person)


def hold(tenant: Tenant, ident: UUID) -> Membership | None:
    """Give the member as they are now; nobody else changes who belongs here until we are done.

    None once they have gone.
    """
    teams.hold(tenant)
    rows = Membership.of(tenant).select_for_update(of=("self",)).filter(pk=ident)
    return rows.select_related("user", "team", "tenant").first()
