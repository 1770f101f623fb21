"""Two machines' workers, woken through Redis, see a run through although all of them are killed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaigns import criteria, kinds, launching, runs
from campaigns.models import Finding, Run, SourceRun
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant
from crm.work import queue
from crm.work.drain import drain
from crm.work.models import State
from leads.models import Lead
from tests.people import Cast
from tests.running.hosts import Host
from tests.running.processes import eventually
from tests.running.redis_server import RedisServer

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("committed_db", "bundled")]
LEADS = 400
ENTRY = "organisation__listings__entry__"
# A lease that runs out, and a worker that comes up.
SECONDS_TO_RECOVER = 45


@pytest.fixture
def hosts(committed_db: None, redis_server: RedisServer, tmp_path: Path) -> Iterator[list[Host]]:
    env = {"Q_BROKER": "redis", "REDIS_URL": redis_server.url}
    hosts = [Host(name, tmp_path, **env) for name in ("one", "other")]
    yield hosts
    for host in hosts:
        host.end()


def started(tenant: Tenant) -> Run:
    with acting_for(tenant):
        kind = kinds.get("healthcare")
        wanted = criteria.check(kind, postcode="LE1 1AA", miles=15, max_results=LEADS)
        campaign, _ = launching.create(wanted, tenant=tenant, by=None)
        return runs.start(campaign, Run.Mode.FIRST, by=None, wake=False)


def findings(tenant: Tenant) -> list[tuple[str, str]]:
    """Every entry that the run saw, with the verdict, as often as it is there."""
    return sorted(Finding.of(tenant).values_list("key", "verdict"))


def listed(tenant: Tenant) -> list[tuple[str, str]]:
    """Register and number of every lead's entries, as often as they are there."""
    leads = Lead.of(tenant).values_list(f"{ENTRY}register_id", f"{ENTRY}number")
    return sorted(leads)


def at_work(hosts: list[Host], tenant: Tenant, found: int) -> tuple[Host, int]:
    """The host, and its process, that has the run in hand once it has found so many."""
    rows = SourceRun.of(tenant).filter(found__gte=found, state=State.LEASED)
    holds: list[tuple[Host, int]] = []

    def is_in_hand() -> bool:
        for holder in rows.values_list("lease_holder", flat=True):
            process = int(holder.rpartition(":")[2])
            # Not that of a host that was killed a moment ago.
            holds.extend((host, process) for host in hosts if host.has(process))
        return bool(holds)

    assert eventually(is_in_hand, SECONDS_TO_RECOVER)
    return holds[0]


def test_a_run_is_seen_through_while_workers_and_redis_are_killed(
    cast: Cast, hosts: list[Host], redis_server: RedisServer
) -> None:
    started(cast.other)
    assert drain(120, tenant=cast.other) is False
    run = started(cast.tenant)

    # One machine; its rows go to the other.
    host, _ = at_work(hosts, cast.tenant, 40)
    host.kill()
    # The other one and Redis at once; then both come back, and Redis not yet.
    host, _ = at_work(hosts, cast.tenant, 120)
    redis_server.kill()
    host.kill()
    for each in hosts:
        each.revive()
    # One process, as when memory is short.
    _, process = at_work(hosts, cast.tenant, 200)
    os.kill(process, signal.SIGKILL)
    redis_server.start()

    runs_of_it = Run.of(cast.tenant).filter(pk=run.pk)
    assert eventually(lambda: not runs_of_it.get().is_active, 2 * SECONDS_TO_RECOVER)
    assert runs_of_it.get().state == Run.State.COMPLETED
    assert findings(cast.tenant) == findings(cast.other)
    assert listed(cast.tenant) == listed(cast.other)
    assert Lead.of(cast.tenant).count() == LEADS
    assert queue.in_all(queue.depth())["dead"] == 0
