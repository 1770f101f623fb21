"""Whether a company with much to do holds up the others."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation

# Where each run of the large company looks; the others look around the first.
POSTCODES = ("EC1A 1BB", "M1 1AE", "B1 1BB", "LS1 4AP", "BS1 4DJ")
KIND, MILES = "healthcare", 15
WORKERS = 2
PATIENCE = 600
SECONDS_BETWEEN_LOOKS = 0.5
LARGE = "large"

ACTIVE = "SELECT count(*) FROM campaigns_run WHERE finished_at IS NULL"
ENDS = """
SELECT tenant.slug, extract(epoch FROM max(run.finished_at))::float8
FROM campaigns_run AS run JOIN tenants_tenant AS tenant ON tenant.id = run.tenant_id
WHERE run.state = 'completed' GROUP BY tenant.slug
"""
LEADS = """
SELECT tenant.slug, count(*), count(*) FILTER (WHERE extract(epoch FROM lead.created_at) <= %s)
FROM leads_lead AS lead JOIN tenants_tenant AS tenant ON tenant.id = lead.tenant_id
GROUP BY tenant.slug
"""


class NotCompleted(Exception):
    """A run failed, found too little, or took longer than anybody would wait."""


@dataclass(frozen=True)
class Course:
    """Seconds from the common launch to each equal run's end, and what the large company had."""

    seconds: list[float]
    total: float
    large_leads: int
    large_leads_then: int


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--tenants", type=int, default=20, help="at least 3; the default is 20")
    parser.add_argument("--leads", type=int, default=60, help="of each equal run; default 60")
    parser.add_argument("--large", type=int, default=500, help="leads of a large run; default 500")
    parser.add_argument(
        "--large-runs", type=int, default=3, choices=range(1, 6), help="the default is 3"
    )


def run(given: Namespace) -> Result:
    """Launch everything in one transaction and see it through."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS=str(WORKERS), LOG_LEVEL="WARNING")
    try:
        product.wait()
        course = follow(product, given)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
    finally:
        product.remove()
    middle = median(course.seconds)
    return Result(
        conditions(given, load, course) | {"postgresql": version.split()[0], "fsync": fsync},
        {
            "tenants": given.tenants,
            "slowest_over_median_ratio": round(max(course.seconds) / middle, 2),
            "median_s": round(middle, 2),
            "slowest_s": round(max(course.seconds), 2),
            "total_s": round(course.total, 2),
        },
    )


def follow(product: Installation, given: Namespace) -> Course:
    """Found the companies, launch, and wait for the end of all runs."""
    equal = [f"equal-{number:02}" for number in range(1, given.tenants)]
    there = "tests.benchmarks.many_tenants"
    product.call(there, "lay", slugs=[LARGE, *equal])
    wanted = [(LARGE, POSTCODES[: given.large_runs], given.large)]
    wanted += [(slug, POSTCODES[:1], given.leads) for slug in equal]
    began = product.call(there, "launch", kind=KIND, miles=MILES, wanted=wanted)
    deadline = time.monotonic() + PATIENCE
    while product.ask(ACTIVE) != [(0,)]:
        if time.monotonic() > deadline:
            raise NotCompleted(product.log.read_text())
        time.sleep(SECONDS_BETWEEN_LOOKS)
    ends = dict(product.ask(ENDS))
    last = max(ends.get(slug, 0.0) for slug in equal)
    leads = {slug: (total, then) for slug, total, then in product.ask(LEADS, last)}
    found = {slug: leads.get(slug, (0, 0))[0] for slug, _, _ in wanted}
    short = [slug for slug, _, each in wanted if found[slug] < each or slug not in ends]
    if short:
        raise NotCompleted(f"Not all found what they should: {short}, {found}")
    return Course(
        seconds=[ends[slug] - began for slug in equal],
        total=max(ends.values()) - began,
        large_leads=found[LARGE],
        large_leads_then=leads[LARGE][1],
    )


def conditions(given: Namespace, load: float, course: Course) -> dict[str, Any]:
    """Say what the figures depend on, and what is compared."""
    places = ", ".join(POSTCODES[: given.large_runs])
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "launched": "all in one transaction, so that they are there in the same instant",
        "compared": f"seconds from that instant to the end of the run of each of "
        f"{given.tenants - 1} tenants with one run of {given.leads} leads ({KIND}, {MILES} miles "
        f"around {POSTCODES[0]}): the slowest of them over their median",
        "meanwhile": f"one more tenant with {given.large_runs} runs of up to {given.large} leads "
        f"around {places}",
        "large_then": f"when the last of the equal runs ended, the large tenant had "
        f"{course.large_leads_then} of its {course.large_leads} leads",
        "total": "until the large tenant's last run ended, too",
    }


BENCHMARK = Benchmark(
    name="fairness",
    sentence="Tenants that launch in the same moment, one of them with much more to do.",
    figures={
        "tenants": None,
        "slowest_over_median_ratio": 3,
        "median_s": None,
        "slowest_s": None,
        "total_s": None,
    },
    options=options,
    run=run,
    smallest=("--tenants", "4", "--leads", "20", "--large", "60", "--large-runs", "1"),
)
