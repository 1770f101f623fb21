"""A company's own keys: sealed for the company and the service, opened only to be used."""

from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from crm import sealed
from crm.keys import making
from crm.keys.models import Credential
from crm.outside.key import Key
from crm.tenants.models import Tenant


class CannotBeOpened(ValueError):
    """The key is there, and this installation can't read it: it must be put in anew."""


def of(tenant: Tenant, service: str) -> Credential | None:
    """Give the row of the company's own key, if it has one."""
    return Credential.of(tenant).filter(service=service).exclude(sealed="").first()


@sensitive_variables()
def key(row: Credential) -> Key:
    """Open it; raises CannotBeOpened."""
    return making.key(row.service, opened(row), is_system=False, tenant_id=row.tenant_id)


@sensitive_variables()
def opened(row: Credential) -> str:
    """Give the secret itself; raises CannotBeOpened."""
    try:
        return sealed.open_(row.sealed, purpose=_purpose(row.tenant_id, row.service))
    except sealed.CannotBeOpened:
        raise CannotBeOpened(
            "It was sealed with a SECRET_KEY that is no longer known here, so it can't be used. "
            "Put the key in again."
        ) from None


@sensitive_variables()
def closed(secret: str, tenant_id: UUID, service: str) -> str:
    """Seal the secret so that it opens in this company's row of this service alone."""
    return sealed.seal(secret, purpose=_purpose(tenant_id, service))


def _purpose(tenant_id: UUID, service: str) -> str:
    return f"the key of {service} for {tenant_id}"
