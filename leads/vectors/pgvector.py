"""Vectors in PostgreSQL itself, where the server has pgvector: no second system, one transaction.

Up to EXACT of them are compared one by one, which finds the very nearest; of more an index (HNSW)
is made for that company and model alone, which others' rows do not get in the way of.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from struct import Struct, unpack_from
from typing import Any
from uuid import UUID

from django.db import connection

from crm.tenants.models import Tenant
from leads.vectors.port import Near, New, Vector

EXACT = 25_000
# Neighbours that a search by the index keeps in view: of more than are asked for.
SEEN = 400
# Of more than so many it pays to load the library that reads them together.
FEW = 20
THERE = "SELECT to_regclass('vectors_vector') IS NOT NULL"
PUT = """
INSERT INTO vectors_vector (tenant_id, model, organisation_id, sha, embedding)
SELECT %s, %s, told.id, told.sha, told.embedding::halfvec
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS told (id, sha, embedding)
JOIN leads_organisation o ON o.id = told.id AND o.tenant_id = %s
ORDER BY told.id
ON CONFLICT (tenant_id, model, organisation_id)
DO UPDATE SET sha = EXCLUDED.sha, embedding = EXCLUDED.embedding
"""
KNOWN = """
SELECT organisation_id, sha FROM vectors_vector
WHERE tenant_id = %s AND model = %s AND organisation_id = ANY (%s)
"""
# As they stand there, which takes a tenth of the time that their text takes.
READ = """
SELECT organisation_id, halfvec_send(embedding) FROM vectors_vector
WHERE tenant_id = %s AND model = %s AND organisation_id = ANY (%s)
"""
# Of one model all are of one size, and the part of the table that is read holds few companies.
NEAREST = """
SELECT organisation_id, 1 - distance FROM (
    SELECT organisation_id, embedding::halfvec({size}) <=> %s::halfvec({size}) AS distance
    FROM vectors_vector WHERE tenant_id = %s AND model = %s ORDER BY distance LIMIT %s
) AS near ORDER BY distance
"""
COUNT = "SELECT count(*) FROM vectors_vector WHERE tenant_id = %s AND model = %s"
FORGET = "DELETE FROM vectors_vector WHERE tenant_id = %s AND organisation_id = ANY (%s)"
OTHERS = "SELECT DISTINCT model FROM vectors_vector WHERE tenant_id = %s AND model <> %s"
KEEP_ONLY = "DELETE FROM vectors_vector WHERE tenant_id = %s AND model <> %s"
SEARCHES = (
    "SELECT set_config('hnsw.iterative_scan', 'strict_order', true),"
    " set_config('hnsw.ef_search', %s, true)"
)
INDEX = "SELECT vectors_index(%s, %s, %s)"
DROP = "SELECT vectors_index_drop(%s, %s)"
SIZE = (
    "SELECT vector_dims(embedding) FROM vectors_vector WHERE tenant_id = %s AND model = %s LIMIT 1"
)
HEAD = Struct("!HH")


class PgVector:
    """Rows of `vectors_vector`, which no model of Django's stands for: it may be missing."""

    def is_there(self) -> bool:
        return _is_there()

    def put(self, tenant: Tenant, model: str, rows: Sequence[New]) -> None:
        """Write them; of organisations that are gone nothing."""
        if not rows:
            return
        written = [_written(row.vector) for row in rows]
        idents, shas = [row.organisation for row in rows], [row.sha for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(PUT, [tenant.pk, model, idents, shas, written, tenant.pk])

    def known(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> dict[UUID, str]:
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [tenant.pk, model, list(idents)])
            return dict(cursor.fetchall())

    def read(self, tenant: Tenant, model: str, idents: Collection[UUID]) -> Mapping[UUID, Vector]:
        with connection.cursor() as cursor:
            cursor.execute(READ, [tenant.pk, model, list(idents)])
            return (
                _read_all(cursor.fetchall())
                if len(idents) > FEW
                else {ident: _read(bytes(sent)) for ident, sent in cursor.fetchall()}
            )

    def nearest(self, tenant: Tenant, model: str, vector: Vector, most: int) -> list[Near]:
        told = _written(vector)
        with connection.cursor() as cursor:
            cursor.execute(SEARCHES, [str(min(1_000, max(SEEN, most)))])
            statement = NEAREST.format(size=len(vector))
            cursor.execute(statement, [told, tenant.pk, model, most])
            return [Near(*row) for row in cursor.fetchall()]

    def count(self, tenant: Tenant, model: str) -> int:
        return int(_value(COUNT, tenant.pk, model))

    def forget(self, tenant: Tenant, idents: Collection[UUID]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FORGET, [tenant.pk, list(idents)])

    def keep_only(self, tenant: Tenant, model: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(OTHERS, [tenant.pk, model])
            for (other,) in cursor.fetchall():
                cursor.execute(DROP, [tenant.pk, other])
            cursor.execute(KEEP_ONLY, [tenant.pk, model])

    def settle(self, tenant: Tenant, model: str) -> None:
        """Make the index of a company that has grown large."""
        if self.count(tenant, model) > EXACT:
            with connection.cursor() as cursor:
                cursor.execute(INDEX, [tenant.pk, model, _value(SIZE, tenant.pk, model)])


@cache
def _is_there() -> bool:
    return bool(_value(THERE))


def _value(statement: str, *given: UUID | str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        row = cursor.fetchone()
    return row[0] if row else None


def _written(vector: Vector) -> str:
    # Halves have three digits.
    return "[" + ",".join([f"{each:.4g}" for each in vector]) + "]"


def _read_all(rows: Sequence[tuple[UUID, bytes]]) -> Mapping[UUID, Vector]:
    """Read as many as are scored together, in a tenth of the time that one by one takes."""
    if not rows:
        return {}
    import numpy  # noqa: PLC0415

    halves = numpy.frombuffer(b"".join([bytes(sent[HEAD.size :]) for _, sent in rows]), ">f2")
    vectors = halves.reshape(len(rows), -1).astype("float32")
    return {ident: vectors[at] for at, (ident, _) in enumerate(rows)}


def _read(sent: bytes) -> Vector:
    """Read what `halfvec_send` gives: how many, nothing, and halves with the great byte first."""
    size, _ = HEAD.unpack_from(sent)
    return array("f", unpack_from(f"!{size}e", sent, HEAD.size))
