"""The cast of every test: Ada, Ben and Vera of one company, and Charlie, who must see nothing."""

from dataclasses import dataclass

import pytest
from django.test import Client

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, Role, Tenant, User
from tests.factories.tenants import MembershipFactory, TenantFactory, UserFactory


@dataclass(frozen=True)
class Cast:
    """Ada owns the company, Ben sells for it, Vera looks on; Charlie owns another company."""

    tenant: Tenant
    other: Tenant
    ada: User
    ben: User
    vera: User
    charlie: User

    def stage(self, kind: Kind | str) -> Stage:
        """A stage of Ada's company."""
        return Stage.of(self.tenant).get(kind=kind)

    def join(self, name: str, role: Role) -> User:
        """Somebody more in Ada's company."""
        return joined(self.tenant, name, role).user


def joined(tenant: Tenant, name: str, role: Role) -> Membership:
    """A new person with this role."""
    user = UserFactory(name=name, company=tenant.slug)
    return MembershipFactory(tenant=tenant, user=user, role=role)


def as_person(user: User) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def cast() -> Cast:
    """The four people and their two companies; ask for `db` or `committed_db` besides."""
    return assembled()


def assembled() -> Cast:
    """Make them; for whoever is no test."""
    tenant = TenantFactory(name="Acme Cabling", slug="acme")
    other = TenantFactory(name="Rival Networks", slug="rival")
    return Cast(
        tenant=tenant,
        other=other,
        ada=joined(tenant, "Ada", Role.OWNER).user,
        ben=joined(tenant, "Ben", Role.REP).user,
        vera=joined(tenant, "Vera", Role.VIEWER).user,
        charlie=joined(other, "Charlie", Role.OWNER).user,
    )
