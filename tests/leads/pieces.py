"""What a worker does of a deed for many leads, one piece at a time."""

from datetime import timedelta

from crm.work.lease import claim
from crm.work.models import State
from leads.bulk import bulk
from leads.models import Bulk


def piece(row: Bulk) -> Bulk:
    """A worker does the next piece, however long it would have waited for that."""
    rows = Bulk.of(row.tenant)
    rows.filter(pk=row.pk, state=State.READY).update(due_at=row.created_at - timedelta(hours=1))
    lease = claim(Bulk, 1, tenant=row.tenant_id)
    assert lease is not None
    bulk.work(rows.select_related("tenant").get(pk=row.pk), lease)
    return rows.get(pk=row.pk)
