"""What the database has written down as changed (sql/changed.sql), read in pieces."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from crm.tenants.models import Tenant
from leads.vectors.models import Changed, Embedding


@dataclass
class Piece:
    """`texts` may read otherwise, `outcomes` were won or lost; `rows` is where that stands."""

    rows: list[int] = field(default_factory=list)
    texts: list[UUID] = field(default_factory=list)
    outcomes: list[UUID] = field(default_factory=list)


def read(tenant: Tenant, most: int) -> Piece:
    """Give the oldest, each once."""
    piece = Piece()
    found = Changed.objects.filter(tenant=tenant).order_by("id")
    for pk, organisation, is_outcome in found.values_list("id", "organisation", "is_outcome")[
        :most
    ]:
        piece.rows.append(pk)
        (piece.outcomes if is_outcome else piece.texts).append(organisation)
    piece.texts = list(dict.fromkeys(piece.texts))
    piece.outcomes = list(dict.fromkeys(piece.outcomes))
    return piece


def done(tenant: Tenant, rows: Collection[int]) -> None:
    """Strike out what was seen to."""
    if rows:
        Changed.objects.filter(tenant=tenant, pk__in=rows).delete()


def forget_nobodys() -> int:
    """Throw away what a company has left that is gone; give how much that was."""
    gone, _ = Changed.objects.exclude(tenant__in=Embedding.across_tenants.values("tenant")).delete()
    return gone
