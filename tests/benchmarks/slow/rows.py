"""Work that takes 20 ms of waiting, as for somebody outside, and no computing."""

import time

from django.db import transaction
from django.utils import timezone

from crm import tasks
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.lease import Lease
from crm.work.table import Table
from tests.benchmarks.slow import BATCH, SECONDS, THREADS
from tests.benchmarks.slow.models import SlowRow


def work(row: SlowRow, lease: Lease) -> None:
    """Wait outside of any transaction, then finish."""
    time.sleep(SECONDS)
    with acting_for(row.tenant):
        lease.finish(row, done_at=timezone.now())


TABLE = Table(model=SlowRow, work=work, gave_up=lambda row: None, batch=BATCH, threads=THREADS)


def queue(companies: list[str], many: int) -> float:
    """Queue rows, shared evenly by these companies, and wake a worker for each; give the time."""
    tenants = list(Tenant.objects.filter(slug__in=companies))
    with transaction.atomic():
        SlowRow._default_manager.bulk_create(
            SlowRow(tenant=tenants[place % len(tenants)]) for place in range(many)
        )
        for _ in tenants:
            tasks.wake()
    return timezone.now().timestamp()
