"""Many companies that ask the same vendors at once: nobody goes above a limit, nothing is lost."""

import os
import platform
import secrets
import time
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors import simulated, sums
from tests.benchmarks.vendors.serving import serving
from tests.benchmarks.vendors.simulated import Vendors

PEOPLE = "tests.benchmarks.vendors.people"
WORKERS = 2
POSTCODES = ("LE1 1AA", "M1 1AE", "B1 1BB", "LS1 4AP", "EC1A 1BB")
KINDS = ("it_msp_expansion", "manufacturing", "education", "healthcare", "retail_office")
# All; and those without what would find enough by itself, so that every vendor is asked.
SOURCES = (
    (), ("companies_house",), ("openai_web", "google_places"), ("apollo", "hunter"),
    ("openai_web",),
)  # fmt: skip
MILES, CREDITS, CREDITS_A_RUN = 15, 100_000, 10_000
PATIENCE = 1_800
ACTIVE = """
SELECT count(*) FROM campaigns_run AS run JOIN tenants_tenant AS tenant ON tenant.id = run.tenant_id
WHERE tenant.slug LIKE 'limits-%' AND run.state IN ('queued', 'running', 'waiting')
"""
ENDED = """
SELECT run.state, count(*), extract(epoch FROM max(coalesce(run.finished_at, run.since)))::float8,
    sum((SELECT sum(created) FROM campaigns_sourcerun WHERE run_id = run.id))::int
FROM campaigns_run AS run JOIN tenants_tenant AS tenant ON tenant.id = run.tenant_id
WHERE tenant.slug LIKE 'limits-%' GROUP BY run.state
"""


class NotCompleted(Exception):
    """Runs took longer than anybody would wait, or the product ended."""


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--tenants", type=int, default=20, help="the default is 20")
    parser.add_argument("--runs", type=int, default=100, help="of all together; default 100")
    parser.add_argument("--leads", type=int, default=8, help="of each run; default 8")
    simulated.options(parser, "the default is 20")


def run(given: Namespace) -> Result:
    """Launch all of them in one transaction and see them through."""
    load = os.getloadavg()[0]
    with (
        simulated.given_by(given, speed=20) as vendors,
        serving(given, vendors, WORKERS=str(WORKERS), LOG_LEVEL="WARNING") as product,
    ):
        began = launch(product, vendors, given)
        follow(product, began)
        ended = product.ask(ENDED)
        stats = vendors.stats()
        wrong = sums.wrong(product)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
    figures = {
        "tenants": given.tenants,
        "runs": sum(many for _, many, _, _ in ended),
        "leads": sum(leads or 0 for *_, leads in ended),
        "limit_breaches": sum(said["limit_breaches"] for said in stats.values()),
        "lost": len(wrong),
        "total_s": round(max(last for _, _, last, _ in ended) - began, 1),
    }
    notes: dict[str, Any] = {
        "ended": ", ".join(f"{many} {state}" for state, many, *_ in ended),
        "calls": {
            name: f"{said['calls']}, {said['most_at_once']} at once" for name, said in stats.items()
        },
        "postgresql": version.split()[0],
        "fsync": fsync,
    }
    notes |= {"wrong": wrong[:20]} if wrong else {}
    return Result(conditions(given, load, vendors.speed) | notes, figures)


def launch(product: Installation, vendors: Vendors, given: Namespace) -> float:
    """Found the companies and start their campaigns; give the common moment."""
    slugs = [f"limits-{number:02}" for number in range(given.tenants)]
    owners = {slug: f"olivia@{slug}.example" for slug in slugs}
    password = secrets.token_urlsafe(12)
    product.call(PEOPLE, "found", owners=owners, password=password, many=CREDITS)
    vendors.warm()
    wanted = []
    for number in range(given.runs):
        turn, at = divmod(number, given.tenants)
        slug = slugs[at]
        wanted.append(
            {
                "company": slug,
                "owner": owners[slug],
                "kind": KINDS[(2 * turn + at) % len(KINDS)],
                "sources": SOURCES[(turn + at) % len(SOURCES)],
                "postcode": POSTCODES[(turn // len(KINDS) + at) % len(POSTCODES)],
                "miles": MILES + turn,
                "leads": given.leads,
            }
        )
    began: float = product.call(PEOPLE, "launch", wanted=wanted, most=CREDITS_A_RUN)
    return began


def follow(product: Installation, began: float) -> None:
    """Wait until every run is over, or says what a person must do."""
    while product.ask(ACTIVE) != [(0,)]:
        if time.time() - began > PATIENCE or product.process.poll() is not None:
            raise NotCompleted(f"After {time.time() - began:.0f} s: {product.ask(ENDED)}")
        time.sleep(0.3)


def conditions(given: Namespace, load: float, speed: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "launched": "all in one transaction, with one key of the installation for all; by "
        "turns with every source, Companies House, web and Places, Apollo and Hunter, web alone",
        "where": f"{', '.join(KINDS)}; around {', '.join(POSTCODES)}",
        "speed": f"{speed:g}: the vendors' time; total_s is in real seconds, since our own work "
        "runs no faster",
        "limit_breaches": "calls that a simulated vendor counted above its documented limit",
        "lost": "runs that did not end, counts that do not add up, questions or checks left over "
        "or given up, credits still held or other than booked",
    }


BENCHMARK = Benchmark(
    name="vendor_limits",
    sentence="Companies that all ask vendors in the same moment, within the vendors' limits.",
    figures={
        "tenants": None,
        "runs": None,
        "leads": None,
        "limit_breaches": 0,
        "lost": 0,
        "total_s": None,
    },
    options=options,
    run=run,
    smallest=("--tenants", "3", "--runs", "3", "--leads", "2", "--speed", "150"),
)
