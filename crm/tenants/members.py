"""Who belongs to a tenant."""

from crm.ledger import audit
from crm.tenants.models import Membership, Role, Tenant, User


def join(tenant: Tenant, user: User, role: Role) -> Membership:
    """Make the person a member."""
    membership = Membership.of(tenant).create(tenant=tenant, user=user, role=role)
    audit.write(membership, "joined", by=user, after={"role": role.value})
    return membership
