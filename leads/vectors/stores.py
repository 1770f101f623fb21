"""The store that this installation keeps its vectors in."""

from functools import cache

from django.conf import settings

from leads.vectors.pgvector import PgVector
from leads.vectors.port import Store

WHY_OFF = {
    "pgvector": "off: this server has no pgvector",
    "off": "off by the setting VECTORS",
    "qdrant": "off: Qdrant does not answer, or its client is not installed",
}


def current() -> Store | None:
    """Give the store; None where there is none."""
    store = _store(settings.VECTORS)
    return store if store is not None and store.is_there() else None


def why_off() -> str:
    """Say why there is none."""
    return WHY_OFF[settings.VECTORS]


@cache
def _store(name: str) -> Store | None:
    if name == "off":
        return None
    if name == "qdrant":
        # Its client takes seconds to import, and few have it.
        from leads.vectors.qdrant import Qdrant  # noqa: PLC0415

        return Qdrant(settings.QDRANT_URL)
    return PgVector()
