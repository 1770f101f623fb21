"""Works off what is due, table by table, until nothing is left or the time is up."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work import lease as leases
from crm.work.lease import Lease, LeaseLost
from crm.work.models import State
from crm.work.renewal import Renewal, renewing
from crm.work.table import Table

logger = logging.getLogger(__name__)

# Failures that were seen, and leases that ran out, before a row is given up.
MOST_ATTEMPTS = 5
MOST_CRASHES = 3


@cache
def tables() -> tuple[Table, ...]:
    """Give the tables of work in the order of the settings."""
    return tuple(import_string(name) for name in settings.WORK_TABLES)


def drain(
    seconds: float, *, tenant: Tenant | None = None, until: Callable[[], bool] = lambda: False
) -> bool:
    """Work for so long, or until `until()`; say whether work may be left."""
    end = time.monotonic() + seconds
    with renewing() as renewal:
        while not until():
            if time.monotonic() >= end:
                return True
            # Every table is looked at in every round: a long run does not hold up the leads.
            worked = [_round(table, renewal, tenant) for table in tables()]
            if not any(worked):
                return False
    return False


def _round(table: Table, renewal: Renewal, tenant: Tenant | None) -> bool:
    lease = leases.claim(table.model, table.batch, tenant=tenant.pk if tenant else None)
    if lease is None:
        return False
    with renewal.holding(lease):
        rows: QuerySet[Any] = table.model._default_manager.filter(lease_token=lease.token)
        for row in rows.select_related("tenant").order_by("due_at", "id"):
            _one(table, row, lease)
    return True


def _one(table: Table, row: Any, lease: Lease) -> None:
    try:
        if row.crashes > MOST_CRASHES:
            _give_up(table, row, lease, "Its worker died again and again while working on it.")
        else:
            _attempt(table, row, lease)
    except LeaseLost as lost:
        logger.warning("%s", lost)


def _attempt(table: Table, row: Any, lease: Lease) -> None:
    try:
        table.work(row, lease)
    except LeaseLost:
        raise
    except Exception as error:
        logger.exception("%s failed", row)
        connection.close_if_unusable_or_obsolete()
        # The database takes no NUL in a text.
        said = f"{type(error).__name__}: {error}".replace("\x00", "")[:2000]
        row.attempts += 1
        if row.attempts >= MOST_ATTEMPTS:
            _give_up(table, row, lease, said)
            return
        lease.write(
            row,
            state=State.READY,
            attempts=row.attempts,
            due_at=timezone.now() + timedelta(seconds=2**row.attempts),
            lease_token=None,
            lease_until=None,
            last_error=said,
        )


def _give_up(table: Table, row: Any, lease: Lease, error: str) -> None:
    """Mark the row dead and say so, in one transaction."""
    with acting_for(row.tenant):
        lease.write(
            row,
            state=State.DEAD,
            attempts=row.attempts,
            lease_token=None,
            lease_until=None,
            last_error=error,
        )
        row.last_error = error
        try:
            with transaction.atomic():
                table.gave_up(row)
        except Exception:
            # Dead all the same: a row that can't even be given up would come back for ever.
            logger.exception("Could not give up %s in order", row)
