"""The pages that a sales team lives in, among a million leads, one by one and together."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import islice
from statistics import median
from typing import Any

from tests.benchmarks import crowd_rows, memory, surface_load, surface_pages
from tests.benchmarks.administration import p95
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.crowd_rows import OWNER
from tests.benchmarks.installation import Installation
from tests.benchmarks.searches import SEARCHES
from tests.benchmarks.visitor import Visitor

REPS, IN_TEAM, OTHERS = 48, 10, 50
THERE, SITTINGS = "tests.benchmarks.crowd", "tests.benchmarks.sittings"
KB = 1000
DEEP = 200
WARMED = 6


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leads", type=int, default=1_000_000, help="of the company; the default is 1,000,000"
    )
    parser.add_argument("--samples", type=int, default=200, help="of each kind of page; 200")
    parser.add_argument("--seconds", type=float, default=60, help="of 50 people at work; 60")
    parser.add_argument("--others", type=int, default=OTHERS, help="companies beside it; 50")


def run(given: Namespace) -> Result:
    """Fill an installation, open its pages, then let fifty people work."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", WEB_PROCESSES="2", LOG_LEVEL="WARNING")
    try:
        product.wait()
        others = [f"other-{number}" for number in range(given.others)]
        there = product.call(THERE, "settle", reps=REPS, in_team=IN_TEAM, beside=others)
        for slug in ("large", *others):
            few = max(5, given.leads // 500)
            crowd_rows.fill(product, slug, given.leads if slug == "large" else few, there)
        crowd_rows.share(product, given.leads, there)
        crowd_rows.settle(product)
        product.ask("UPDATE tenants_tenant SET rep_reach = 'all' WHERE slug = 'large'")
        [(leads,)] = product.ask("SELECT count(*) FROM leads_lead")
        [(version,)] = product.ask("SHOW server_version")
        sessions = product.call(SITTINGS, "open_all")
        known = product.call(SITTINGS, "known")
        figures, slowest = measure(product, Visitor(product.url, sessions[OWNER]), known, given)
        figures |= together(product, sessions, known, given.seconds)
    finally:
        product.remove()
    said = conditions(given, load, version) | {"slowest": slowest}
    return Result(said, {"leads": leads} | figures)


def measure(
    product: Installation, visitor: Visitor, known: dict[str, list[str]], given: Namespace
) -> tuple[dict[str, Any], list[str]]:
    """Open each kind of page one after the other, and look at what a page weighs and asks."""
    pages = {
        "board": surface_pages.boards(known),
        "list": surface_pages.lists(known),
        "lead": surface_pages.leads(known),
        "dashboard": iter(lambda: "/", None),
        "search": surface_pages.searches(),
    }
    times: dict[str, list[tuple[float, str]]] = {}
    weights = {}
    for kind, paths in pages.items():
        # The first ones load the server's processes.
        for path in islice(paths, WARMED):
            visitor.get(path)
        many = max(given.samples, len(SEARCHES)) if kind == "search" else given.samples
        times[kind] = [(timed(visitor, path), path) for path in islice(paths, many)]
        weights[kind] = visitor.bytes / KB
    times["list_deep"] = list(deep(visitor, min(DEEP, given.samples)))
    times["move"] = list(moves(visitor, known, given.samples))
    figures: dict[str, Any] = {
        f"{kind}_p95_ms": round(p95([each for each, _ in taken]), 1)
        for kind, taken in times.items()
    }
    figures["list_p50_ms"] = round(median(each for each, _ in times["list"]), 1)
    figures["largest_kb"] = round(max(weights.values()), 1)
    visitor.get("/board/")
    figures["board_nodes"] = surface_pages.Nodes(visitor.page).many
    counted = (
        f"/leads/{known['leads'][0]}/",
        "/leads/?tier=hot",
        "/leads/?q=dental",
        "/board/",
        "/",
    )
    asked = product.call(THERE, "count", email=OWNER, paths=counted)
    figures["queries"] = max(asked.values())
    slowest = sorted((each for taken in times.values() for each in taken), reverse=True)[:8]
    return figures, [f"{each:.0f} ms {path}" for each, path in slowest] + [
        f"{many} queries {path}" for path, many in asked.items()
    ]


def timed(visitor: Visitor, path: str) -> float:
    """Open a page; in milliseconds."""
    began = time.perf_counter()
    visitor.get(path)
    return (time.perf_counter() - began) * 1000


def deep(visitor: Visitor, pages: int) -> Iterator[tuple[float, str]]:
    """Follow “next” from the first page on."""
    path = "/leads/?sort=name"
    visitor.get(path)
    for _ in range(pages):
        following = surface_pages.following(visitor.page)
        if not following:
            return
        path = f"/leads/{following}"
        yield timed(visitor, path), path


def moves(visitor: Visitor, known: dict[str, list[str]], many: int) -> Iterator[tuple[float, str]]:
    """Move cards as the board does."""
    visitor.get("/board/")
    for number in range(many):
        lead = known["leads"][number % len(known["leads"])]
        began = time.perf_counter()
        visitor.post(f"/leads/{lead}/move/", stage=known["stages"][number // 3 % 4])
        yield (time.perf_counter() - began) * 1000, f"/leads/{lead}/move/"


def together(
    product: Installation, sessions: dict[str, str], known: dict[str, list[str]], seconds: float
) -> dict[str, Any]:
    """Let fifty people work; then ask for lists as fast as they come."""
    load = surface_load.run(product.url, dict(list(sessions.items())[:50]), known, seconds)
    if not load.taken:
        raise RuntimeError(f"Nothing was answered: {load.errors[:3]}")
    taken = sorted(load.taken)
    rate = surface_load.rate(product.url, list(sessions.values())[:8], seconds / 6)
    return {
        "load_errors": len(load.errors),
        "load_p95_ms": round(p95(taken), 1),
        "load_p99_ms": round(taken[min(len(taken) - 1, int(len(taken) * 0.99))], 1),
        "list_req_per_s": round(rate, 1),
        "web_peak_mb": round(memory.most_of_web(product), 1),
    }


def conditions(given: Namespace, load: float, version: str) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": version.split()[0],
        "load_before": round(load, 1),
        "web": "two gunicorn processes over HTTP, signed in by cookie, answers compressed; the "
        "database, the worker and whoever asks are on the same cores",
        "company": f"{given.leads:,} leads, {REPS + 2} reps who see all; {given.others} others "
        f"with {max(5, given.leads // 500):,} each",
        "samples": f"{given.samples} of each kind, one after the other, as the owner; lists by "
        f"{len(surface_pages.SORTS)} sorts with none to three filters; {len(SEARCHES)} searches; "
        f"next followed {min(DEEP, given.samples)} times",
        "load": f"50 sessions for {given.seconds:.0f} s, 2-8 s between clicks, boards polled each "
        f"{surface_load.POLL_SECONDS:.0f} s",
        "web_peak_mb": "of the largest web process",
    }


BENCHMARK = Benchmark(
    name="surface",
    sentence="The pages that a sales team lives in, among a million leads; fifty people at once.",
    figures={
        "leads": None,
        "board_p95_ms": 100,
        "list_p95_ms": 100,
        "list_p50_ms": None,
        "list_deep_p95_ms": 100,
        "lead_p95_ms": 100,
        "dashboard_p95_ms": 100,
        "move_p95_ms": 100,
        "search_p95_ms": 150,
        "queries": 12,
        "largest_kb": 100,
        "board_nodes": 1500,
        "load_errors": 0,
        "load_p95_ms": 300,
        "load_p99_ms": 800,
        "list_req_per_s": AtLeast(100),
        "web_peak_mb": 200,
    },
    options=options,
    run=run,
    smallest=("--leads", "400", "--samples", "5", "--seconds", "6", "--others", "1"),
)
