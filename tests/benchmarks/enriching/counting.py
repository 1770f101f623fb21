"""Works off a run in this process alone, to see what it asks the database and where its time goes.

Runs inside `manage.py`, where no worker competes.
"""

import cProfile
import io
import pstats
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.db import connection

from crm.tenants.models import Tenant
from crm.work import lease as leases
from crm.work.drain import drain
from leads.enriching import runs
from leads.models import EnrichmentRun
from tests.benchmarks.enriching.leads import launch
from tests.benchmarks.statements import Counter

SHOWN = 60


class NotCompleted(Exception):
    """The run stands still."""


def count(company: str, owner: str, kinds: list[str], profile: str) -> dict[str, Any]:
    """Launch a run and see it through; give its leads, statements and seconds of this process.

    `profile` is the file into which it is written where the time went, "" for none.
    """
    tenant = Tenant.objects.get(slug=company)
    drain(600, tenant=tenant)
    launched = launch(company, owner, kinds, most=0)
    seen, watch = Counter(), cProfile.Profile() if profile else None
    cpu, began = time.process_time(), time.monotonic()
    with connection.execute_wrapper(seen), watch or nullcontext():
        _see_through(tenant, launched["run"])
    found = {
        "leads": launched["total"],
        "statements": seen.total,
        "cpu": time.process_time() - cpu,
        "seconds": time.monotonic() - began,
    }
    if watch is not None:
        Path(profile).write_text(_written(watch, found))
    scoring, cpu = Counter(), time.process_time()
    with connection.execute_wrapper(scoring):
        drain(600, tenant=tenant)
    return found | {
        "scoring_statements": scoring.total,
        "scoring_cpu": time.process_time() - cpu,
    }


def _see_through(tenant: Tenant, run: str) -> None:
    """Take the steps of the run as a worker does, and those of nothing else."""
    rows = EnrichmentRun.across_tenants.select_related("tenant")
    while rows.get(pk=run).is_active:
        lease = leases.claim(EnrichmentRun, 1, tenant=tenant.pk)
        if lease is None:
            raise NotCompleted(str(rows.get(pk=run).said))
        runs.TABLE.work(rows.get(pk=run), lease)


def _written(watch: cProfile.Profile, found: dict[str, Any]) -> str:
    text = io.StringIO()
    text.write(f"{found}\n")
    stats = pstats.Stats(watch, stream=text)
    for order in ("cumulative", "tottime"):
        stats.sort_stats(order).print_stats(SHOWN)
    return text.getvalue()
