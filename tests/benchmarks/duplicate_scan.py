"""The search of a large company's records for duplicates, by the product's own worker."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from tests.benchmarks import duplicate_rows, memory
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.duplicate_rows import COPIES_PER_HUNDRED
from tests.benchmarks.installation import Installation

KB_PER_MB = 1024
LOOK_EVERY = 0.2
MOST_SECONDS = 3600
SCAN = "state, split_part(lease_holder, ':', 2), step, judged, last_error"


def options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leads", type=int, default=20_000, help="of the company; 20,000, the target is 1,000,000"
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
    """Wait until it has ended; give the most memory that a process had that worked on it, in MB."""
    ends, most = time.monotonic() + MOST_SECONDS, 0
    while time.monotonic() < ends:
        [(state, process, *_, error)] = product.ask(f"SELECT {SCAN} FROM leads_duplicatescan")
        if process:
            most = max(most, _peak(process))
        if state == "dead":
            raise RuntimeError(error)
        if state == "done":
            # A small one is over before anybody has looked.
            return most or round(memory.most_of_work(product))
        time.sleep(LOOK_EVERY)
    raise TimeoutError("The search has not come to its end.")


def _peak(process: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(told["VmHWM"].split()[0]) // KB_PER_MB if "VmHWM" in told else 0


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
