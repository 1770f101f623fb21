"""By which key a company asks: its own, or else the installation's."""

from crm.keys import own, system
from crm.keys.models import Credential
from crm.outside.key import Key
from crm.tenants.models import Tenant


def of(tenant: Tenant, service: str) -> Key | None:
    """Give the company's own key of a service, else the installation's; None if there is neither.

    None, too, if its own can't be read: `standing` says so.
    """
    return by(own.of(tenant, service), tenant, service)


def by(row: Credential | None, tenant: Tenant, service: str) -> Key | None:
    """Give the same where the company's row is known, which need not hold a key."""
    if row is None or not row.sealed:
        return system.key(service, tenant)
    try:
        return own.key(row)
    except own.CannotBeOpened:
        return None
