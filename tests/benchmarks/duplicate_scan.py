"""The search of a large company's records for duplicates, by the product's own worker."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks import duplicate_rows, memory
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.duplicate_rows import COPIES_PER_HUNDRED
from tests.benchmarks.installation import Installation

LOOK_EVERY = 0.5
MOST_SECONDS = 3600


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leads", type=int, default=1_000_000, help="of the company; the default is 1,000,000"
    )


def run(given: Namespace) -> Result:
    """Fill a company, have its worker search it, and see what of the planted copies it found."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", WEB_PROCESSES="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        planted = duplicate_rows.fill(product, given.leads)
        product.call("tests.benchmarks.duplicate_inside", "begin")
        peak = watch(product)
        [(seconds, compared, sure, maybe, gathering)] = product.ask(
            "SELECT extract(epoch FROM ended_at - created_at)::float, pairs, sure, maybe,"
            " extract(epoch FROM judging_since - created_at)::float FROM leads_duplicatescan"
        )
        rows = product.ask("SELECT one_id, other_id, is_sure FROM leads_proposal")
        [(leads,)] = product.ask("SELECT count(*) FROM leads_lead")
        [(version,)] = product.ask("SHOW server_version")
    finally:
        product.remove()
    found = {frozenset((one, other)): is_sure for one, other, is_sure in rows}
    met = planted & found.keys()
    surely = {pair for pair in met if found[pair]}
    conditions: dict[str, Any] = {
        "planted": f"{COPIES_PER_HUNDRED} in 100 records are damaged copies: {len(planted):,}",
        "compared": f"{compared:,} pairs, gathered in {gathering:.0f} s",
        "proposed": f"{sure:,} sure and {maybe:,} maybe",
        "sure_not_planted": sum(found.values()) - len(surely),
        "processors": os.cpu_count(),
        "load_before": round(load, 1),
        "python": platform.python_version(),
        "postgresql": version,
    }
    figures = {
        "leads": leads,
        "total_s": round(seconds, 1),
        "peak_mb": peak,
        "pairs": len(found),
        "found_share": round(len(met) / len(planted), 3),
        "sure_share": round(len(surely) / len(planted), 3),
    }
    return Result(conditions, figures)


def watch(product: Installation) -> int:
    """Wait until it has ended; give the most memory that a process of the worker had, in MB."""
    ends, most = time.monotonic() + MOST_SECONDS, 0.0
    while time.monotonic() < ends:
        [(state, error)] = product.ask("SELECT state, last_error FROM leads_duplicatescan")
        # Each knows its own most; whoever is there only for a while is met on the way.
        most = max(most, memory.most_of_work(product))
        if state == "dead":
            raise RuntimeError(error)
        if state == "done":
            return round(most)
        time.sleep(LOOK_EVERY)
    raise TimeoutError("The search has not come to its end.")


BENCHMARK = Benchmark(
    name="duplicate_scan",
    sentence="All records of a company are searched for duplicates.",
    figures={
        "leads": None,
        "total_s": 900,
        "peak_mb": 500,
        "pairs": None,
        "found_share": AtLeast(0.85),
        "sure_share": None,
    },
    options=options,
    run=run,
    smallest=("--leads", "2000"),
)
