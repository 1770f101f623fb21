"""Whose turn it is: tenants are served one after the other, however much each has waiting."""

import time
from uuid import UUID

from django.db import connection

from crm.work.models import WorkRow

# What the indexes say of the rows they hold.
LIVE = "state IN ('ready', 'leased', 'waiting')"
# Mostly a table has nothing, and that is seen before the look below would have been planned. EXISTS
# might read the whole table; this order leads to the index.
ANY_LIVE = "SELECT 1 FROM {table} WHERE {live} ORDER BY tenant_id, due_at LIMIT 1"
# One probe of the index per tenant that has something due, however many rows that is.
WAITING = """
WITH RECURSIVE waiting AS (
    (SELECT tenant_id, due_at FROM {table} WHERE {due} ORDER BY tenant_id, due_at LIMIT 1)
    UNION ALL
    SELECT next.tenant_id, next.due_at FROM waiting CROSS JOIN LATERAL (
        SELECT tenant_id, due_at FROM {table} WHERE {due} AND tenant_id > waiting.tenant_id
        ORDER BY tenant_id, due_at LIMIT 1
    ) AS next
)
SELECT tenant_id FROM waiting ORDER BY due_at
"""
# Remembered no longer than that many tenants need.
MOST_REMEMBERED = 10_000

_served: dict[UUID, float] = {}


def waiting(model: type[WorkRow], due: str) -> list[UUID]:
    """List the tenants that have a row for which `due` is true; next is whom we served longest ago.

    What is due must be live. Each process keeps its own memory: if each is fair, so are all
    together, and no shared row must be written for that.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(ANY_LIVE.format(table=table, live=LIVE))
        if cursor.fetchone() is None:
            return []
        cursor.execute(WAITING.format(table=table, due=due))
        tenants = [tenant for (tenant,) in cursor.fetchall()]
    return sorted(tenants, key=lambda tenant: _served.get(tenant, 0.0))


def served(tenant: UUID) -> None:
    """Note that the tenant has had its turn."""
    if len(_served) > MOST_REMEMBERED:
        _served.clear()
    _served[tenant] = time.monotonic()
