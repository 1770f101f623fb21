"""Who is it that asks to be admitted, among a million organisations, and one of two hundred."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
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
# Held by nobody else until everybody waits for it.
GATE = 20_261
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


class WrongAnswer(Exception):
    """Somebody was taken for who they are not."""


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--organisations", type=int, default=1_000_000, help="of the company; 1,000,000"
    )
    parser.add_argument("--samples", type=int, default=400, help="by each of them; 400")
    parser.add_argument("--people", type=int, default=200, help="who bring the same one; 200")
    parser.add_argument("--at-once", type=int, default=8, help="processes that ask; 8")
    parser.add_argument("--houses", type=int, default=4, help="processes of the 200; 4")
    parser.add_argument("--warmed", type=int, default=60, help="asked by each before it counts; 60")


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
    many = {"leads": given.organisations, "many": given.samples, "warmed": given.warmed}
    shares = many | {"parts": given.at_once}
    _, found = at_once(product, "look_up", given.at_once, given.at_once, **shares)
    took = sorted(each for part in found for each in part)
    opened, parts = at_once(product, "admit", given.at_once, given.at_once, **shares)
    ended = max(part["ended"] for part in parts)
    # By turns somebody known and somebody new.
    total, new = given.samples + given.warmed, (given.samples + given.warmed) // 2
    expect(parts, {"created": new * given.at_once, "duplicate": (total - new) * given.at_once})
    people = given.people // given.houses
    _, rushes = at_once(product, "rush", given.houses, given.houses * people, people=people)
    errors = sum(len(part["errors"]) for part in rushes)
    expect(rushes, {"created": 1, "duplicate": given.houses * people - 1 - errors})
    [(made,)] = product.ask(MADE)
    return {
        "organisations": organisations,
        "p95_ms": round(p95(took), 2),
        "p50_ms": round(took[len(took) // 2], 2),
        "admits_per_s": round(given.samples * given.at_once / (ended - opened), 1),
        "made": made,
        "doubled": made - 1,
        "errors": errors,
    }


def expect(parts: list[dict[str, Any]], wanted: dict[str, int]) -> None:
    """See that everybody was known for who they are; a fast wrong answer is no answer."""
    found = sum((Counter(part["verdicts"]) for part in parts), Counter[str]())
    if found != Counter(wanted):
        raise WrongAnswer(f"Expected were {wanted}, and admission said {dict(found)}.")


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
        "asked": f"by {given.at_once} processes at once, {given.samples} each, warm; by turns a "
        "new one and one that is known but written otherwise; all on the same cores as the "
        "database",
        "look_up": "the locks of the keys, whom they mean, which of these it is, and of one whom "
        "they do not mean, whom it is like",
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
    smallest=(
        *("--organisations", "400", "--samples", "10", "--people", "8"),
        *("--at-once", "2", "--houses", "2", "--warmed", "4"),
    ),
)
