"""How fast it is told who sees what, and why, in a company of very many members."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks import access_rows, crowd_rows
from tests.benchmarks.access_rows import LARGE_OWNER
from tests.benchmarks.administration import LISTED, measure, p95
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.crowd_rows import OWNER, PASSWORD, REP
from tests.benchmarks.installation import Installation
from tests.benchmarks.visitor import Visitor

REPS, IN_TEAM = 48, 10
KINDS = ("who", "who_deep", "who_search", "who_if", "sees", "sees_if", "leave")
PAGES = "tests.benchmarks.access_pages"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=1_000_000, help="the default is 1,000,000")
    parser.add_argument("--members", type=int, default=10_000, help="the default is 10,000")
    parser.add_argument(
        "--owned", type=int, default=50_000, help="leads of whoever leaves; the default is 50,000"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is opened")


def run(given: Namespace) -> Result:
    """Fill an installation, open every page by HTTP, and remove whoever owns the most."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        there = product.call("tests.benchmarks.crowd", "settle", reps=REPS, in_team=IN_TEAM)
        crowd_rows.fill(product, "large", given.leads, there)
        crowd_rows.share(product, given.leads, there)
        access_rows.fill(product, given.members, given.owned)
        crowd_rows.settle(product)
        [(version,)] = product.ask("SHOW server_version")
        pages = product.call(PAGES, "addresses")
        paths = sorted({path for kind in KINDS if kind != "leave" for path in pages[kind]})
        counted = product.call(PAGES, "queries", paths=paths)
        visitor = enter(product.url)
        times = {kind: measure(visitor, pages[kind], given.rounds) for kind in KINDS}
        seconds = remove(product, visitor, pages["leave"][0])
    finally:
        product.remove()
    figures: dict[str, Any] = {"leads": given.leads}
    for kind in KINDS:
        taken = [each for looks in times[kind].values() for each in looks]
        figures[f"{kind}_p95_ms"] = round(p95(taken), 1)
    figures |= {"most_queries": max(counted.values()), "removal_s": round(seconds, 2)}
    return Result(conditions(given, load, version, times), figures)


def enter(url: str) -> Visitor:
    """Sign in as the owner."""
    visitor = Visitor(url)
    visitor.get("/sign-in/")
    visitor.submit("/sign-in/", username=OWNER, password=PASSWORD)
    return visitor


def remove(product: Installation, visitor: Visitor, path: str) -> float:
    """Remove the member, and say how long the page took to answer; another takes over."""
    [(taker,)] = product.ask("SELECT id::text FROM tenants_user WHERE email = %s", REP)
    visitor.get(path)
    began = time.perf_counter()
    visitor.submit(path, leads=taker, campaigns=taker)
    taken = time.perf_counter() - began
    if product.ask(
        "SELECT FROM tenants_membership m JOIN tenants_user u ON u.id = m.user_id"
        " WHERE u.email = %s",
        LARGE_OWNER,
    ):
        raise RuntimeError(f"{LARGE_OWNER} is a member still.")
    return taken


def conditions(
    given: Namespace, load: float, version: str, times: dict[str, Any]
) -> dict[str, Any]:
    """Say what the figures depend on, and which pages are the slowest."""
    slowest = sorted(
        ((max(taken), path) for pages in times.values() for path, taken in pages.items()),
        reverse=True,
    )
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": version.split()[0],
        "load_before": round(load, 1),
        "company": f"{given.leads:,} leads, {given.members:,} members in teams of "
        f"{access_rows.TEAM_SIZE}; {LARGE_OWNER} owns {given.owned:,} leads",
        "rounds": given.rounds,
        "slowest": [f"{taken:.0f} ms {path}" for taken, path in slowest[:LISTED]],
        "queries": "with sign-in and frame, without BEGIN; those of leaving are not counted",
    }


BENCHMARK = Benchmark(
    name="access",
    sentence="Who sees what, and why, and what a change would change, among 10,000 members.",
    figures={
        "leads": None,
        "who_p95_ms": 300,
        "who_deep_p95_ms": 300,
        "who_search_p95_ms": 300,
        "who_if_p95_ms": 300,
        "sees_p95_ms": 300,
        "sees_if_p95_ms": 300,
        "leave_p95_ms": 300,
        "most_queries": 20,
        "removal_s": None,
    },
    options=options,
    run=run,
    smallest=("--leads", "600", "--members", "60", "--owned", "20", "--rounds", "1"),
)
