"""All leads of a large company scored anew by the product's own worker, while people look on."""

import itertools
import os
import platform
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from typing import Any

from tests.benchmarks import memory, score_rows
from tests.benchmarks.administration import PERSON, enter, p95
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.many_leads import COMPANY
from tests.benchmarks.visitor import Visitor

INSIDE = "tests.benchmarks.score_inside"
MOST_SECONDS = 3600
MILLISECONDS = 1000
# Between two pages, as somebody needs to see the first.
LOOK_SECONDS = 0.2
LOOK = "SELECT state, last_error, done FROM leads_recount WHERE id = %s"
PACE = """
SELECT extract(epoch FROM ended_at - created_at)::float, done, changed
FROM leads_recount WHERE id = %s
"""
DONE_BEFORE = f"""
INSERT INTO leads_recount (id, tenant_id, state, due_at, attempts, crashes, last_error,
    lease_holder, why, total, done, changed, created_at, ended_at)
VALUES (gen_random_uuid(), {COMPANY}, 'done', now(), 0, 0, '', '', 'Before', 0, 0, 0, now(), now())
"""
# Of those that this company had, each has the receipt of the one card.
STORED = "SELECT count(*) FROM leads_score WHERE receipt->>'form' = '2' AND at > %s"


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leads", type=int, default=1_000_000, help="of the company; the default is 1,000,000"
    )
    parser.add_argument("--samples", type=int, default=150, help="of pages in quiet; 150")


def run(given: Namespace) -> Result:
    """Fill a company, open its pages, have all its leads scored, and open them meanwhile."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", WEB_PROCESSES="2", LOG_LEVEL="WARNING")
    try:
        product.wait()
        # Else the first scoring of all would begin by itself, and find some of the leads.
        product.ask(DONE_BEFORE)
        score_rows.load(product.ask, given.leads)
        product.vacuum()
        visitor = enter(product.url, product.password(PERSON))
        paths = pages(product.call(INSIDE, "known"))
        # The first ones load the server's processes.
        opened(visitor, paths, lambda: False, 20)
        quiet = opened(visitor, paths, lambda: False, given.samples)
        [(began,)] = product.ask("SELECT now()")
        ident = product.call(INSIDE, "begin")
        peak = [0.0]
        during = opened(visitor, paths, lambda: is_over(product, ident, peak), None)
        [(seconds, done, changed)] = product.ask(PACE, ident)
        [(stored,)] = product.ask(STORED, began)
        [(version,)] = product.ask("SHOW server_version")
    finally:
        product.remove()
    conditions: dict[str, Any] = {
        "stored": f"{stored:,} receipts of {done:,} leads, {changed:,} with other points or tier",
        "facts": f"of {len(score_rows.FACTS)} fields, about five an organisation; four calls with "
        "each tenth lead",
        "pages": f"board, list, filtered list, lead and dashboard by turns, {len(quiet)} quiet and "
        f"{len(during)} meanwhile, {LOOK_SECONDS} s apart",
        "tables": "vacuumed after they were filled, as those of a company at work are",
        "worker": "one process; database, web and whoever asks are on the same cores",
        "processors": os.cpu_count(),
        "load_before": round(load, 1),
        "python": platform.python_version(),
        "postgresql": version,
    }
    before, meanwhile = p95(quiet), p95(during)
    figures = {
        "leads": done,
        "total_s": round(seconds, 1),
        "leads_per_s": round(stored / seconds),
        "peak_mb": round(peak[0]),
        "quiet_p95_ms": round(before, 1),
        "during_p95_ms": round(meanwhile, 1),
        "during_ratio": round(meanwhile / before, 2),
    }
    return Result(conditions, figures)


def pages(leads: list[str]) -> Iterator[str]:
    """Give what people open, over and over."""
    for lead in itertools.cycle(leads):
        yield from ("/board/", "/leads/", f"/leads/{lead}/", "/leads/?tier=hot&sort=name", "/")


def opened(
    visitor: Visitor, paths: Iterator[str], is_enough: Callable[[], bool], most: int | None
) -> list[float]:
    """Open one after the other; give how long each took, in milliseconds."""
    taken: list[float] = []
    while not is_enough() and (most is None or len(taken) < most):
        began = time.perf_counter()
        visitor.get(next(paths))
        taken.append((time.perf_counter() - began) * MILLISECONDS)
        time.sleep(LOOK_SECONDS)
    return taken


def is_over(product: Installation, ident: str, peak: list[float]) -> bool:
    """Say whether all are scored, and note the most memory that the worker has had."""
    [(state, error, _)] = product.ask(LOOK, ident)
    peak[0] = max(peak[0], memory.most_of_work(product))
    if state == "dead":
        raise RuntimeError(error)
    return bool(state == "done")


BENCHMARK = Benchmark(
    name="score_recompute",
    sentence="All leads of a company are scored anew, with their receipts, while people work.",
    figures={
        "leads": None,
        "total_s": 900,
        "leads_per_s": AtLeast(1_500),
        "peak_mb": 500,
        "quiet_p95_ms": None,
        "during_p95_ms": None,
        "during_ratio": 2,
    },
    options=options,
    run=run,
    smallest=("--leads", "2000", "--samples", "10"),
)
