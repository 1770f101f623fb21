"""Whether the matcher knows who is who in the open world: real rows, nine years apart."""

import json
import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.running.processes import ROOT

ALL = 13_100


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ALL, help=f"of each year; the default is {ALL}")


def run(given: Namespace) -> Result:
    """Match in a process of its own; the lists say themselves which names are generic."""
    load = os.getloadavg()[0]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.practices", str(given.rows)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    return Result(
        conditions=conditions(load, found),
        figures={"rows": found["rows"], **found["even"], "match_s": found["match_s"]},
    )


def conditions(load: float, found: dict[str, Any]) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
        "where": f"{found['rows']:,} practices of 2016 against as many of 2025, closed ones too",
        "truth": "the same official code, which the matcher never sees; 2016 has no phones",
        "figures_of": "codes with an even last digit",
        "odd": {**found["odd"], "used": "to choose points and thresholds"},
        "maybe": "same or maybe; its pairs by row of 2016",
    }


BENCHMARK = Benchmark(
    name="dedupe_quality",
    sentence="Practices of 2016 found again among those of 2025, by what they print.",
    figures={
        "rows": None,
        "same_precision": AtLeast(0.99),
        "same_recall": AtLeast(0.82),
        "maybe_recall": AtLeast(0.94),
        "maybe_per_row": 1.5,
        "match_s": None,
    },
    options=options,
    run=run,
    smallest=("--rows", "1500"),
)
