"""Vectors in Qdrant, for installations with many millions; behind the same port as pgvector.

One collection per model, of which each company's points are found by their tenant, which Qdrant
stores beside each other. Nothing is in our transactions: a vector of an organisation that is gone
outlives it until the next look at what has changed, and names nobody whom a page would show.
"""

import logging
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from crm.tenants.models import Tenant
from leads.vectors.port import Near, New, Vector

logger = logging.getLogger(__name__)
SPACE = UUID("6f0e3b0a-5d0e-4d55-9d51-3a1a3f2f6d10")
TENANT, ORGANISATION, SHA = "tenant", "organisation", "sha"
PREFIX = "organisations_"
SECONDS = 10
LOT = 1_000


class Qdrant:
    """`client` is the vendor's own, for one that is made already."""

    def __init__(self, url: str, client: Any = None) -> None:
        self.url = url
        self._client = client

    def is_there(self) -> bool:
        """Say whether its client is installed and it answers."""
        try:
            self._collections()
        except ImportError:
            return False
        except Exception as error:
            # Its client raises errors of several libraries; whichever it is, nobody answers.
            logger.warning("Qdrant at %s: %s", self.url, str(error).partition("\n")[0][:200])
            return False
        return True

    def put(self, tenant: Tenant, model: str, rows: Sequence[New]) -> None:
        """Write them, by an id that follows from company and organisation."""
        if not rows:
            return
        self._have(model, len(rows[0].vector))
        points = [
            _models().PointStruct(
                id=_point(tenant, row.organisation),
                vector=list(row.vector),
                payload={
                    TENANT: str(tenant.pk), ORGANISATION: str(row.organisation), SHA: row.sha,
                },
            )
            for row in rows
        ]  # fmt: skip
        for at in range(0, len(points), LOT):
            self.client.upsert(_name(model), points[at : at + LOT], wait=True)

    def known(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> dict[UUID, str]:
        found = self._points(tenant, model, idents, with_vectors=False)
        return {UUID(each.payload[ORGANISATION]): each.payload[SHA] for each in found}

    def read(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> Mapping[UUID, Vector]:
        found = self._points(tenant, model, idents, with_vectors=True)
        return {UUID(each.payload[ORGANISATION]): array("f", each.vector) for each in found}

    def nearest(self, tenant: Tenant, model: str, vector: Vector, most: int) -> list[Near]:
        if not self._has(model):
            return []
        answer = self.client.query_points(
            _name(model), query=list(vector), query_filter=_of(tenant), limit=most
        )
        return [Near(UUID(each.payload[ORGANISATION]), each.score) for each in answer.points]

    def count(self, tenant: Tenant, model: str) -> int:
        if not self._has(model):
            return 0
        return int(self.client.count(_name(model), count_filter=_of(tenant), exact=True).count)

    def forget(self, tenant: Tenant, idents: Collection[UUID]) -> None:
        points = _models().PointIdsList(points=[_point(tenant, each) for each in idents])
        for name in self._collections():
            self.client.delete(name, points, wait=True)

    def keep_only(self, tenant: Tenant, model: str) -> None:
        selected = _models().FilterSelector(filter=_of(tenant))
        for name in self._collections() - {_name(model)}:
            self.client.delete(name, selected, wait=True)

    def settle(self, tenant: Tenant, model: str) -> None:
        """Nothing: it makes its indexes itself."""

    @property
    def client(self) -> Any:
        """The client, made when it is first needed: its import takes seconds."""
        if self._client is None:
            from qdrant_client import QdrantClient  # noqa: PLC0415

            self._client = QdrantClient(url=self.url, timeout=SECONDS, check_compatibility=False)
        return self._client

    def _points(
        self, tenant: Tenant, model: str, idents: Collection[UUID], *, with_vectors: bool
    ) -> list[Any]:
        if not idents or not self._has(model):
            return []
        wanted = [_point(tenant, each) for each in idents]
        found: list[Any] = []
        for at in range(0, len(wanted), LOT):
            found += self.client.retrieve(
                _name(model), wanted[at : at + LOT], with_payload=True, with_vectors=with_vectors
            )
        return found

    def _collections(self) -> set[str]:
        """Give those that are ours."""
        rows = self.client.get_collections().collections
        return {each.name for each in rows if each.name.startswith(PREFIX)}

    def _has(self, model: str) -> bool:
        return bool(self.client.collection_exists(_name(model)))

    def _have(self, model: str, size: int) -> None:
        if self._has(model):
            return
        kinds = _models()
        vectors = kinds.VectorParams(size=size, distance=kinds.Distance.COSINE)
        # One graph per company, none of all: whoever asks, asks of one.
        graph = kinds.HnswConfigDiff(m=0, payload_m=16)
        self.client.create_collection(_name(model), vectors_config=vectors, hnsw_config=graph)
        index = kinds.KeywordIndexParams(type=kinds.KeywordIndexType.KEYWORD, is_tenant=True)
        self.client.create_payload_index(_name(model), TENANT, index)


def _name(model: str) -> str:
    return PREFIX + "".join(each if each.isalnum() else "_" for each in model)


def _point(tenant: Tenant, organisation: UUID) -> str:
    return str(uuid5(SPACE, f"{tenant.pk} {organisation}"))


def _of(tenant: Tenant) -> Any:
    kinds = _models()
    condition = kinds.FieldCondition(key=TENANT, match=kinds.MatchValue(value=str(tenant.pk)))
    return kinds.Filter(must=[condition])


def _models() -> Any:
    from qdrant_client import models  # noqa: PLC0415

    return models
