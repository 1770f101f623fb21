"""What a process of the product asks of the vectors, and how long that takes."""

import random
import time
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from crm.tenants.models import Tenant
from leads.vectors import embedders
from leads.vectors.pgvector import PgVector
from scoring.closeness import likeness
from tests.benchmarks import closeness_rows

NEAREST = 20
COMPANIES = 20
REFERENCES = 2_000
AT_ONCE = 1_000
MS = 1000
IDS = "SELECT organisation_id FROM vectors_vector WHERE tenant_id = %s"


def ask(companies: int, samples: int) -> dict[str, Any]:
    """Ask for the nearest of organisations of several companies in turn."""
    store, taken = PgVector(), []
    numbers = [1 + at % companies for at in range(min(companies, COMPANIES))]
    known = {number: _ids(number) for number in numbers}
    draw = random.Random(4)
    # The first look of a process at each company reads it from the disk.
    for at in range(-len(numbers), samples):
        number = numbers[at % len(numbers)]
        tenant = Tenant(pk=closeness_rows.company(number))
        ident = draw.choice(known[number])
        with transaction.atomic():
            vector = store.read(tenant, closeness_rows.MODEL, [ident])[ident]
            began = time.perf_counter()
            store.nearest(tenant, closeness_rows.MODEL, vector, NEAREST)
            if at >= 0:
                taken.append((time.perf_counter() - began) * MS)
    return {"taken": taken, "each": [len(each) for each in known.values()]}


def index(samples: int) -> dict[str, Any]:
    """Make the index of the large company; ask it, and the exact way for what is right."""
    store, tenant = PgVector(), Tenant(pk=closeness_rows.company(0))
    idents = random.Random(5).sample(_ids(0), samples)
    exact = [_near(store, tenant, ident) for ident in idents]
    began = time.perf_counter()
    store.settle(tenant, closeness_rows.MODEL)
    seconds = time.perf_counter() - began
    # The first look loads the library and the index.
    _near(store, tenant, idents[0])
    found = [_near(store, tenant, ident) for ident in idents]
    right = [len(a & b) / len(a) for (_, a), (_, b) in zip(exact, found, strict=True)]
    return {
        "seconds": seconds,
        "recall": sum(right) / len(right),
        "exact": [taken for taken, _ in exact],
        "taken": [taken for taken, _ in found],
    }


def _near(store: PgVector, tenant: Tenant, ident: UUID) -> tuple[float, set[UUID]]:
    with transaction.atomic():
        vector = store.read(tenant, closeness_rows.MODEL, [ident])[ident]
        began = time.perf_counter()
        near = store.nearest(tenant, closeness_rows.MODEL, vector, NEAREST)
        return (time.perf_counter() - began) * MS, {each.organisation for each in near}


def score(leads: int) -> float:
    """Say of how many leads a second the closeness is found, with 2,000 won and 2,000 lost."""
    store, tenant = PgVector(), Tenant(pk=closeness_rows.company(1))
    idents = _ids(1)
    won, lost = idents[:REFERENCES], idents[REFERENCES : 2 * REFERENCES]
    began = time.perf_counter()
    known = likeness.Known(
        likeness.Side(store.read(tenant, closeness_rows.MODEL, won)),
        likeness.Side(store.read(tenant, closeness_rows.MODEL, lost)),
    )
    for start in range(0, leads, AT_ONCE):
        these = idents[start : start + AT_ONCE]
        vectors = store.read(tenant, closeness_rows.MODEL, these)
        likeness.of_many(vectors, known, embedders.LEXICAL)
    return leads / (time.perf_counter() - began)


def _ids(number: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(IDS, [closeness_rows.company(number)])
        return [ident for (ident,) in cursor.fetchall()]
