"""Who is it that asks to be admitted, among a million organisations, and one of two hundred."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg

from crm.postgres.cluster import Cluster
from tests.benchmarks import crowd_rows
from tests.benchmarks.administration import p95
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.installation import Installation

SETTLED, THERE = "tests.benchmarks.crowd", "tests.benchmarks.admissions"
AT_ONCE = 8
# Held by nobody else until everybody waits for it.
GATE = 20_261
# Processes, among which the two hundred are shared out.
HOUSES = 4
# What intake would have written of each organisation; names of the crowd are their own keys.
KEYS = """
INSERT INTO leads_identitykey (id, tenant_id, organisation_id, kind, value)
SELECT (left(replace(o.id::text, '-', ''), 16) || left(md5(o.id || kind), 16))::uuid,
    o.tenant_id, o.id, kind, value
FROM leads_organisation AS o, replace(o.domain, '.example', '.co.uk') AS host, LATERAL (VALUES
    ('site', o.name_key || '|' || o.postcode), ('phone', o.phone), ('domain', host),
    ('company_number', o.company_number), ('email', nullif('desk@' || host, 'desk@'))
) AS known (kind, value)
WHERE value <> '' AND o.tenant_id = (SELECT id FROM tenants_tenant WHERE slug = 'large')
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
MADE = """
SELECT count(*) FROM leads_organisation WHERE name_key = 'lantern and anchor'
"""


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--organisations", type=int, default=1_000_000, help="of the company; 1,000,000"
    )
    parser.add_argument("--samples", type=int, default=400, help="by each of eight; 400")
    parser.add_argument("--people", type=int, default=200, help="who bring the same one; 200")


def run(given: Namespace) -> Result:
    """Fill a company, let eight look up, then admit, then two hundred bring one organisation."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", WEB_PROCESSES="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        there = product.call(SETTLED, "settle", reps=2, in_team=1, beside=[])
        crowd_rows.fill(product, "large", given.organisations, there)
        product.ask(f"SET session_replication_role = replica; {KEYS}")
        crowd_rows.settle(product)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
        figures = measure(product, given)
    finally:
        product.remove()
    return Result(conditions(given, load, version, fsync), figures)


def measure(product: Installation, given: Namespace) -> dict[str, Any]:
    """Look up, admit, and rush to admit the same one."""
    [(organisations,)] = product.ask("SELECT count(*) FROM leads_organisation")
    shares = {"parts": AT_ONCE, "leads": given.organisations, "many": given.samples}
    _, found = at_once(product, "look_up", AT_ONCE, AT_ONCE, **shares)
    took = sorted(each for part in found for each in part)
    opened, parts = at_once(product, "admit", AT_ONCE, AT_ONCE, **shares)
    ended = max(part["ended"] for part in parts)
    people = given.people // HOUSES
    _, rushes = at_once(product, "rush", HOUSES, HOUSES * people, people=people)
    [(made,)] = product.ask(MADE)
    return {
        "organisations": organisations,
        "p95_ms": round(p95(took), 2),
        "p50_ms": round(took[len(took) // 2], 2),
        "admits_per_s": round(given.samples * AT_ONCE / (ended - opened), 1),
        "made": made,
        "doubled": made - 1,
        "errors": sum(len(each["errors"]) for each in rushes),
    }


def at_once(
    product: Installation, function: str, houses: int, most: int, **given: Any
) -> tuple[float, list[Any]]:
    """Call it in so many processes; when the gate was opened to all `most`, and their answers."""
    with gate(product) as open_to, ThreadPoolExecutor(houses) as pool:
        calls = [
            pool.submit(product.call, THERE, function, part=part, **given) for part in range(houses)
        ]
        opened = open_to(most, calls)
        return opened, [call.result() for call in calls]


@contextmanager
def gate(product: Installation) -> Iterator[Callable[[int, Sequence[Future[Any]]], float]]:
    """Let nobody start until so many wait; then all do."""
    url = Cluster(product.folder).url("postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [GATE])

        def open_to(most: int, calls: Sequence[Future[Any]]) -> float:
            # Whoever has ended already has failed, and will not come.
            while not any(call.done() for call in calls):
                [(waiting,)] = connection.execute(WAITING, [GATE]).fetchall()
                if waiting >= most:
                    break
                time.sleep(0.1)
            opened = time.time()
            connection.execute("SELECT pg_advisory_unlock(%s)", [GATE])
            return opened

        yield open_to


def conditions(given: Namespace, load: float, version: str, fsync: str) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": f"{version.split()[0]}, fsync {fsync}",
        "load_before": round(load, 1),
        "company": f"{given.organisations:,} organisations with a lead each, and their keys",
        "asked": f"by {AT_ONCE} processes at once, {given.samples} each, warm; by turns a new one "
        "and one that is known but written otherwise; all on the same cores as the database",
        "look_up": "the locks of the keys, whom they mean, and which of these it is",
        "admits": "one candidate in each transaction, committed",
        "rush": f"{given.people} at the same instant, one connection each, in several spellings",
    }


BENCHMARK = Benchmark(
    name="dedupe_lookup",
    sentence="Who asks to be admitted, among a million organisations; one brought by 200 at once.",
    figures={
        "organisations": None,
        "p95_ms": 5,
        "p50_ms": None,
        "admits_per_s": AtLeast(200),
        "made": 1,
        "doubled": 0,
        "errors": 0,
    },
    options=options,
    run=run,
    smallest=("--organisations", "400", "--samples", "10", "--people", "8"),
)
