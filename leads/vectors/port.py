"""What a store of vectors can do; which one is used, the setting VECTORS says."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from crm.tenants.models import Tenant

Vector = Sequence[float]


class New(NamedTuple):
    """A vector of length one, and the digest of the text that it was made from."""

    organisation: UUID
    sha: str
    vector: Vector


class Near(NamedTuple):
    """An organisation and its likeness, the cosine."""

    organisation: UUID
    likeness: float


class Store(Protocol):
    """Of each organisation one vector per model; those of two models are never compared."""

    def is_there(self) -> bool:
        """Say whether vectors can be kept at all."""

    def put(self, tenant: Tenant, model: str, rows: Sequence[New]) -> None:
        """Write these, in the place of what is there."""

    def known(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> dict[UUID, str]:
        """Give the digests of those that are there."""

    def read(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> Mapping[UUID, Vector]:
        """Give the vectors of those that are there."""

    def nearest(self, tenant: Tenant, model: str, vector: Vector, most: int) -> list[Near]:
        """Give those of the company that are most alike, the nearest first."""

    def count(self, tenant: Tenant, model: str) -> int:
        """Say of how many organisations there is a vector."""

    def forget(self, tenant: Tenant, idents: Collection[UUID]) -> None:
        """Let go of these organisations, of every model."""

    def keep_only(self, tenant: Tenant, model: str) -> None:
        """Let go of what other models have made."""

    def settle(self, tenant: Tenant, model: str) -> None:
        """Make ready for many questions, after many were written."""
