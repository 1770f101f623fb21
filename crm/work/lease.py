"""Claiming rows of work, and the fence around their effect."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from crm.work.models import State, WorkRow

# A killed worker's rows are taken up again after this long; a living one renews every third of it.
LEASE_SECONDS = 12
# A row that crashed lets healthy ones pass for so long, and not for ever.
SUSPECT_PATIENCE_SECONDS = 5

CLAIM = """
WITH picked AS (
    SELECT id FROM {table}
    WHERE {which} AND (%(tenant)s::uuid IS NULL OR tenant_id = %(tenant)s::uuid)
    ORDER BY due_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE {table} AS row SET
    crashes = row.crashes + (row.state = 'leased')::int,
    state = 'leased',
    lease_token = %(token)s, lease_until = now() + %(seconds)s * interval '1 second'
FROM picked WHERE row.id = picked.id
"""
HEALTHY = "state IN ('ready', 'waiting') AND due_at <= now() AND crashes = 0"
CRASHED = (
    "((state IN ('ready', 'waiting') AND due_at <= {then} AND crashes > 0)"
    " OR (state = 'leased' AND lease_until < {then}))"
)
OVERDUE = CRASHED.format(then=f"now() - interval '{SUSPECT_PATIENCE_SECONDS} seconds'")
SUSPECT = CRASHED.format(then="now()")


class LeaseLost(Exception):
    """The lease ran out and somebody else may hold the row: nothing may be written."""


@dataclass(frozen=True)
class Lease:
    """The right to write the effect of these rows."""

    model: type[WorkRow]
    token: UUID

    def write(self, row: WorkRow, **changes: Any) -> None:
        """Change the row if it is still ours; call it in the transaction of the effect.

        Raises LeaseLost otherwise, which must roll that transaction back.
        """
        mine = self.model._default_manager.filter(pk=row.pk, lease_token=self.token)
        if not mine.filter(state=State.LEASED).update(**changes):
            raise LeaseLost(f"{row} belongs to another worker now.")

    def finish(self, row: WorkRow, **changes: Any) -> None:
        """Write the row's last effect and give it back as done, with a clean record."""
        given = {"state": State.DONE, "crashes": 0, "attempts": 0} | changes
        self.write(row, lease_token=None, lease_until=None, **given)

    def release(self, row: WorkRow, **changes: Any) -> None:
        """Give the row back for its next piece: it is due again at once unless `due_at` is said."""
        given = {"state": State.READY, "due_at": Now(), "crashes": 0, "attempts": 0} | changes
        self.write(row, lease_token=None, lease_until=None, **given)

    def renew(self) -> None:
        """Hold on to the rows for another full lease."""
        until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
        mine = self.model._default_manager.filter(lease_token=self.token, state=State.LEASED)
        mine.update(lease_until=until)


def claim(model: type[WorkRow], most: int, *, tenant: UUID | None = None) -> Lease | None:
    """Take up to `most` due rows, or one that crashed before, alone; None when nothing is due.

    A crash in company of other rows may be another row's fault: hence alone the next time. Healthy
    rows go first, until the one that crashed has waited its few seconds.
    """
    return (
        _claim(model, OVERDUE, 1, tenant)
        or _claim(model, HEALTHY, most, tenant)
        or _claim(model, SUSPECT, 1, tenant)
    )


def _claim(model: type[WorkRow], which: str, most: int, tenant: UUID | None) -> Lease | None:
    token = uuid4()
    statement = CLAIM.format(table=model._meta.db_table, which=which)
    values = {
        "most": most,
        "tenant": tenant,
        "token": token,
        "seconds": LEASE_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return Lease(model, token) if cursor.rowcount else None
