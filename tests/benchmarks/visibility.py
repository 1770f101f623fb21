"""How fast a rep who sees a little of very much meets just that."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from tests.benchmarks import crowd_rows
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.crowd_rows import MATE, OTHERS, OWNER, PASSWORD, REP
from tests.benchmarks.installation import Installation
from tests.benchmarks.visitor import Visitor

REPS, IN_TEAM = 48, 10
LIST, BOARD, SEARCH = "/leads/", "/board/", "/leads/?q=harbour+leicester"
MILLISECONDS = 1000
THERE = "tests.benchmarks.crowd"
REACH = "UPDATE tenants_tenant SET rep_reach = %s WHERE slug = 'large'"


@dataclass
class Times:
    """`cold` is the first answer, in milliseconds as the others."""

    cold: float
    warm: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return round(quantiles(self.warm, n=100)[49], 1)

    @property
    def p95(self) -> float:
        return round(quantiles(self.warm, n=100)[94], 1)


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leads", type=int, default=1_000_000, help="of the company; the default is 1,000,000"
    )
    parser.add_argument("--samples", type=int, default=200, help="of each page; default 200")


def run(given: Namespace) -> Result:
    """Fill an installation, start it anew, and ask for pages."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        there = product.call(THERE, "settle", reps=REPS, in_team=IN_TEAM)
        for slug in ("large", *OTHERS):
            few = max(50, given.leads // 20)
            crowd_rows.fill(product, slug, given.leads if slug == "large" else few, there)
        crowd_rows.share(product, given.leads, there)
        crowd_rows.settle(product)
        [(leads,)] = product.ask("SELECT count(*) FROM leads_lead")
        figures = measure(product, given.samples)
        [(version,)] = product.ask("SHOW server_version")
    finally:
        product.remove()
    figures = {"leads": leads} | figures
    return Result(conditions(given, load) | {"postgresql": version.split()[0]}, figures)


def measure(product: Installation, samples: int) -> dict[str, Any]:
    """Ask as the rep, then as the owner, then as a rep who sees what their team sees."""
    listed = ask(product, REP, LIST, samples)
    board, search = (ask(product, REP, path, samples) for path in (BOARD, SEARCH))
    owner = ask(product, OWNER, LIST, samples)
    queries = product.call(THERE, "count", email=REP, paths=(LIST, SEARCH, BOARD))
    product.ask(REACH, "team")
    team, team_board = (ask(product, MATE, path, samples) for path in (LIST, BOARD))
    return {
        "p95_ms": listed.p95,
        "p50_ms": listed.p50,
        "cold_ms": listed.cold,
        "queries": queries[LIST],
        "search_queries": queries[SEARCH],
        "search_p95_ms": search.p95,
        "board_p95_ms": board.p95,
        "board_queries": queries[BOARD],
        "team_p95_ms": team.p95,
        "team_cold_ms": team.cold,
        "team_board_p95_ms": team_board.p95,
        "owner_p95_ms": owner.p95,
    }


def ask(product: Installation, email: str, path: str, samples: int) -> Times:
    """Open the page as this person, time and again."""
    person = Visitor(product.url)
    person.get("/sign-in/")
    person.submit("/sign-in/", username=email, password=PASSWORD)
    times = [_once(person, path) for _ in range(samples + 1)]
    return Times(round(times[0], 1), times[1:])


def _once(person: Visitor, path: str) -> float:
    began = time.perf_counter()
    page = person.get(path)
    took = (time.perf_counter() - began) * MILLISECONDS
    if 'class="lead-card"' not in page and "/leads/" not in page:
        raise RuntimeError(f"{path} shows no lead.")
    return took


def conditions(given: Namespace, load: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
        "web": "gunicorn, over HTTP, one request after the other, signed in by cookie",
        "samples": f"{given.samples} of each page, all warm; cold is the first answer after the "
        "rows were written",
        "company": f"{given.leads:,} leads, {REPS + 2} reps, 3 of 10 leads without an owner, one "
        f"campaign for {crowd_rows.PER_CAMPAIGN} leads; three other companies beside it",
        "rep": f"reach: their own, none without an owner; up to {crowd_rows.OWN} own leads, "
        f"{crowd_rows.SINGLE_SHARES} shared with them, {crowd_rows.TEAM_SHARES} with their team, "
        "and a campaign",
        "team": f"reach: the team's; {IN_TEAM} people who own every tenth lead, and what their "
        "campaigns found",
        "queries": "with sign-in and frame, without BEGIN",
    }


BENCHMARK = Benchmark(
    name="visibility",
    sentence="A rep's pages in a company of a million leads, of which they see a few hundred.",
    figures={
        "leads": None,
        "p95_ms": 100,
        "p50_ms": None,
        "cold_ms": None,
        "queries": 12,
        "search_queries": 12,
        "search_p95_ms": None,
        "board_p95_ms": None,
        "board_queries": None,
        "team_p95_ms": 100,
        "team_cold_ms": None,
        "team_board_p95_ms": None,
        "owner_p95_ms": None,
    },
    options=options,
    run=run,
    smallest=("--leads", "400", "--samples", "5"),
)
