"""Claiming rows of work, and the fence around their effect."""

import os
import socket
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Now

from crm.ids import uuid7
from crm.work import together, turns
from crm.work.models import State, WorkRow
from crm.work.turns import LIVE

# A killed worker's rows are taken up again after this long; a living one renews every third of it.
LEASE_SECONDS = 12
# A row that crashed lets healthy ones pass for so long, and not for ever.
SUSPECT_PATIENCE_SECONDS = 5
# Times the square of its earlier crashes: a machine on which everything dies for a minute is not
# the fault of whatever happened to be under way, and must not use up all its chances at once.
SECONDS_AFTER_CRASHES = 10
# Nothing that is READY is put off for longer, and no lease lasts longer: a time further ahead was
# written before somebody set the clock back.
LONGEST_BACK_OFF_SECONDS = 60
LONGEST_LEASE_SECONDS = 2 * LEASE_SECONDS

CLAIM = """
WITH picked AS (
    SELECT id, crashes + (state = 'leased')::int AS deaths FROM {table}
    WHERE tenant_id = %(tenant)s AND {which}
    ORDER BY due_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE {table} AS row SET
    crashes = row.crashes + (row.state = 'leased')::int,
    state = 'leased', lease_token = %(token)s, lease_holder = %(holder)s,
    lease_until = now() + %(seconds)s * interval '1 second'
FROM picked WHERE row.id = picked.id{places}
"""


# A holder has so many places for rows that crashed. Whoever crashed once takes one, and whoever
# crashed again all of them: of those who die together at most one can be at fault, and no other may
# be blamed. So each later crash counts against one alone. The first in line waits for its places,
# and none behind it takes them meanwhile.
PLACES = """ AND %(suspects)s >= (
    CASE picked.deaths WHEN 1 THEN 1 ELSE %(suspects)s END
) + (
    SELECT coalesce(sum(CASE crashes WHEN 1 THEN 1 ELSE %(suspects)s END), 0) FROM {table}
    WHERE state = 'leased' AND crashes > 0 AND lease_until > now() AND lease_holder = %(holder)s
)"""


def _due(then: str) -> str:
    late = f"due_at > now() + interval '{LONGEST_BACK_OFF_SECONDS} seconds'"
    return f"((state IN ('ready', 'waiting') AND due_at <= {then}) OR (state = 'ready' AND {late}))"


def _crashed(then: str) -> str:
    late = f"lease_until > now() + interval '{LONGEST_LEASE_SECONDS} seconds'"
    rest = f"crashes * crashes * interval '{SECONDS_AFTER_CRASHES} seconds'"
    abandoned = f"(state = 'leased' AND (lease_until < {then} - {rest} OR {late}))"
    # Besides what it says, in the very words of the index.
    indexed = f"{LIVE} AND (crashes > 0 OR state = 'leased')"
    return f"({indexed} AND (({_due(then)} AND crashes > 0) OR {abandoned}))"


HEALTHY = f"({LIVE} AND {_due('now()')} AND crashes = 0)"
OVERDUE = _crashed(f"now() - interval '{SUSPECT_PATIENCE_SECONDS} seconds'")
SUSPECT = _crashed("now()")
DUE = f"({LIVE} AND ({HEALTHY} OR {SUSPECT}))"


class LeaseLost(Exception):
    """The lease ran out and somebody else may hold the row: nothing may be written."""


@dataclass(frozen=True)
class Lease:
    """The right to write the effect of these rows.

    `is_ending` is set when nothing more is begun beside: whatever can go on later should stop soon.
    """

    model: type[WorkRow]
    token: UUID
    is_ending: Event = field(default_factory=Event, compare=False, repr=False)

    def write(self, row: WorkRow, **changes: Any) -> None:
        """Change the row if it is still ours; call it in the transaction of the effect.

        Raises LeaseLost otherwise, which must roll that transaction back.
        """
        if changes.get("state") == State.DEAD:
            # Due no more: from now on this says since when it has been dead.
            changes.setdefault("due_at", Now())
        mine = self.model._default_manager.filter(pk=row.pk, lease_token=self.token)
        if not mine.filter(state=State.LEASED).update(**changes):
            raise LeaseLost(f"{row} belongs to another worker now.")

    def finish(self, row: WorkRow, **changes: Any) -> None:
        """Write the row's last effect and give it back as done, with a clean record."""
        self.write(row, **FREE, **{"state": State.DONE, "crashes": 0, "attempts": 0} | changes)

    def release(self, row: WorkRow, **changes: Any) -> None:
        """Give the row back for its next piece: it is due again at once unless `due_at` is said."""
        given = {"state": State.READY, "due_at": Now(), "crashes": 0, "attempts": 0} | changes
        self.write(row, **FREE, **given)

    def renew(self) -> None:
        """Hold on to the rows for another full lease."""
        mine = self.model._default_manager.filter(lease_token=self.token, state=State.LEASED)
        # By the database's clock: those of several machines differ.
        later = Now() + timedelta(seconds=LEASE_SECONDS)
        # Whoever changes one in this moment keeps it all the same, and the next time is soon.
        together.change(mine, only_free=True, lease_until=later)

    def abandon(self) -> None:
        """Have others take up the rows at once, as after a crash."""
        mine = self.model._default_manager.filter(lease_token=self.token, state=State.LEASED)
        together.change(mine, lease_until=Now())


# What a row carries that nobody holds.
FREE: dict[str, Any] = {"lease_token": None, "lease_until": None, "lease_holder": ""}


def claim(
    model: type[WorkRow], most: int, *, tenant: UUID | None = None, suspects: int = 1
) -> Lease | None:
    """Take up to `most` due rows of the tenant whose turn it is; None when nothing is due.

    A row that crashed before is taken alone, and none beside another such: it may have been another
    row's fault, and it may be its own. Healthy rows go first, until the one that crashed has waited
    its few seconds. Of those that crashed once a process holds up to `suspects`, which spares the
    many innocent ones of a worker with many threads to wait for one another.
    """
    tenants = [tenant] if tenant else turns.waiting(model, DUE)
    for each in tenants:
        lease = (
            _claim(model, OVERDUE, 1, each, suspects)
            or _claim(model, HEALTHY, most, each)
            or _claim(model, SUSPECT, 1, each, suspects)
        )
        if lease is not None:
            turns.served(each)
            return lease
    return None


def _claim(
    model: type[WorkRow], which: str, most: int, tenant: UUID, suspects: int = 1
) -> Lease | None:
    # It tells when the rows were claimed, too.
    token = uuid7()
    values: dict[str, Any] = {
        "most": most,
        "tenant": tenant,
        "token": token,
        "holder": holder(),
        "seconds": LEASE_SECONDS,
        "suspects": suspects,
    }
    with connection.cursor() as cursor:
        table = model._meta.db_table
        places = "" if which == HEALTHY else PLACES.format(table=table)
        cursor.execute(CLAIM.format(table=table, which=which, places=places), values)
        return Lease(model, token) if cursor.rowcount else None


def holder(process: int | None = None) -> str:
    """Name a process of this machine, else this one, among all that may work: "host:pid"."""
    return f"{socket.gethostname()[:90]}:{process or os.getpid()}"
