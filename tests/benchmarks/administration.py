"""How fast the administration is for a company with a million leads."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from typing import Any
from urllib.error import HTTPError

from tests.benchmarks import many_leads
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.visitor import Visitor

PERSON = "marcus@demo.example"
KINDS = ("home", "list", "deep", "filter", "search", "row", "history", "delete")
# An autocomplete is asked by the script of a select, and answers JSON.
LISTED = 5


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=1_000_000, help="the default is 1,000,000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened")


def run(given: Namespace) -> Result:
    """Load a fresh installation, then open every page of the administration by HTTP."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        many_leads.load(product.ask, given.leads)
        [(version,)] = product.ask("SHOW server_version")
        pages = product.call("tests.benchmarks.admin_pages", "addresses")
        paths = sorted({path for listed in pages.values() for path in listed})
        counted = product.call("tests.benchmarks.admin_pages", "queries", paths=paths)
        visitor = enter(product.url, product.password(PERSON))
        times = {kind: measure(visitor, pages[kind], given.rounds) for kind in KINDS}
    finally:
        product.remove()
    return Result(conditions(load, version, times, counted), figures(given, times, counted))


def enter(url: str, password: str) -> Visitor:
    """Sign in as the manager."""
    visitor = Visitor(url)
    visitor.get("/sign-in/")
    visitor.submit("/sign-in/", username=PERSON, password=password)
    return visitor


def measure(visitor: Visitor, paths: list[str], rounds: int) -> dict[str, list[float]]:
    """Open each page so often; the first look of all is not counted, it loads the server."""
    taken: dict[str, list[float]] = {path: [] for path in paths}
    for number in range(rounds + 1):
        for path in paths:
            began = time.perf_counter()
            look(visitor, path)
            if number:
                taken[path].append((time.perf_counter() - began) * 1000)
    return taken


def look(visitor: Visitor, path: str) -> None:
    """Open a page; what may not be deleted is refused with a page as well."""
    try:
        visitor.get(path)
    except HTTPError as refusal:
        if refusal.code >= 500:
            raise


def p95(taken: list[float]) -> float:
    """Give the time within which 95 % of the looks were answered."""
    return sorted(taken)[max(0, round(0.95 * len(taken)) - 1)]


def figures(given: Namespace, times: dict[str, Any], counted: dict[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"leads": given.leads}
    for kind in KINDS:
        all_of_it = [each for taken in times[kind].values() for each in taken]
        found[f"{kind}_p95_ms"] = round(p95(all_of_it), 1)
    return found | {"most_queries": max(counted.values())}


def conditions(
    load: float, version: str, times: dict[str, Any], counted: dict[str, int]
) -> dict[str, Any]:
    """Say what the figures depend on, and which pages are the slowest."""
    slowest = sorted(
        ((max(taken), path) for pages in times.values() for path, taken in pages.items()),
        reverse=True,
    )
    asking = sorted(((number, path) for path, number in counted.items()), reverse=True)
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": version.split()[0],
        "load_before": round(load, 1),
        "pages": sum(len(pages) for pages in times.values()),
        "slowest": [f"{taken:.0f} ms {path}" for taken, path in slowest[:LISTED]],
        "most_questions": [f"{number} {path}" for number, path in asking[:LISTED]],
    }


BENCHMARK = Benchmark(
    name="administration",
    sentence="Every page of the administration of a company with a million leads.",
    figures={
        "leads": None,
        "home_p95_ms": 500,
        "list_p95_ms": 500,
        "deep_p95_ms": 1000,
        "filter_p95_ms": 1000,
        "search_p95_ms": 3000,
        "row_p95_ms": 500,
        "history_p95_ms": 500,
        "delete_p95_ms": 500,
        "most_queries": 15,
    },
    options=options,
    run=run,
    smallest=("--leads", "300", "--rounds", "1"),
)
