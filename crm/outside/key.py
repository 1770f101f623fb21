"""A vendor's key, as it is handed to the door."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Key:
    """The secret is neither shown nor logged.

    `ident` is what paces and breakers are filed by, one for all who hold the same secret; `last4`
    is all that people see of it.
    """

    service: str
    secret: str = field(repr=False)
    ident: str
    last4: str
    is_system: bool
    tenant_id: UUID | None
