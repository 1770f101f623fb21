"""Makes what the door to the outside takes of a secret."""

from uuid import UUID

from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from crm.outside.key import Key

# Of a secret that is shorter, four characters would tell too much.
LEAST_TO_SHOW = 8


@sensitive_variables()
def key(service: str, secret: str, *, is_system: bool, tenant_id: UUID | None) -> Key:
    """Give the key of a service; two who hold the same one share its pace."""
    return Key(
        service=service,
        secret=secret,
        ident=mark(service, secret),
        last4=last4(secret),
        is_system=is_system,
        tenant_id=tenant_id,
    )


@sensitive_variables()
def mark(service: str, secret: str) -> str:
    """Give a text by which the key is known again, and from which nobody finds it out."""
    return salted_hmac("crm.keys", f"{service}:{secret}", algorithm="sha256").hexdigest()[:40]


def last4(secret: str) -> str:
    """Give the last four characters, all that is ever shown of it."""
    return secret[-4:] if len(secret) >= LEAST_TO_SHOW else ""
