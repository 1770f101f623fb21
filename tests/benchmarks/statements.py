"""Counts what a worker asks the database; runs inside `manage.py`, where no worker competes."""

from typing import Any

from django.db import connection

from campaigns import criteria, kinds, launching, runs
from campaigns.models import Run
from crm.pipeline import models as pipeline
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work.drain import drain
from leads.models import Lead


def count(postcode: str, miles: int, leads: int) -> dict[str, int]:
    """Drain the same campaign once more, for a tenant that knows nothing yet."""
    tenant = Tenant.objects.create(name="Counted", slug="counted")
    with acting_for(tenant):
        pipeline.lay(tenant)
        wanted = criteria.check(
            kinds.get("healthcare"), postcode=postcode, miles=miles, max_results=leads
        )
        campaign, _ = launching.create(wanted, tenant=tenant, by=None)
        runs.start(campaign, Run.Mode.FIRST, by=None, wake=False)
    seen = Counter()
    with connection.execute_wrapper(seen):
        drain(600, tenant=tenant)
    return {"statements": seen.total, "leads": Lead.of(tenant).count()}


class Counter:
    """Every statement that Django sends, savepoints included."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.total += 1
        return execute(sql, params, many, context)
