"""How well and how fast websites' pages are read, on the pages that somebody has labelled."""

import json
import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks.contract import AtLeast, Benchmark, Result, Target
from tests.running.processes import ROOT

SURE = AtLeast(0.97)
FLOORS: dict[str, Target] = {
    "phone_precision": SURE,
    "phone_recall": AtLeast(0.85),
    "email_precision": SURE,
    "email_recall": AtLeast(0.9),
    "postcode_precision": SURE,
    "postcode_recall": AtLeast(0.85),
    "company_number_precision": SURE,
    "company_number_recall": AtLeast(0.85),
}
OTHERS = (
    "vat_number", "social", "address", "opening_hours", "technologies", "name", "state",
    "vacancies",
)  # fmt: skip


def options(parser: ArgumentParser) -> None:
    """It has none: there are so many pages."""


def run(given: Namespace) -> Result:
    """Read them in a process of its own, which does nothing else."""
    load = os.getloadavg()[0]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.extraction"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(answer.stdout)
    figures = {"pages": found["pages"], **found["all"], "cpu_ms_per_page": found["cpu_ms_per_page"]}
    return Result(conditions(load, found), figures)


def conditions(load: float, found: dict[str, Any]) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
        "where": "tests/extraction/labelled; all but the fresh ones were written before there was "
        "anything to read them",
        "figures_of": "all pages",
        "even": found["even"],
        "odd": found["odd"],
        "used": "all have been used to make rules; how well these fit other pages they do not show",
        "fresh": {
            **found["fresh"],
            "written": "after the first version of the extractor by someone who has not read it",
        },
        "cpu": f"the second time that they are read; the slowest took {found['slowest_ms']} ms",
    }


BENCHMARK = Benchmark(
    name="extraction",
    sentence="What is read in websites’ pages, against what somebody has labelled there.",
    figures={
        "pages": None,
        **FLOORS,
        **{f"{each}_precision": None for each in OTHERS},
        **{f"{each}_recall": None for each in OTHERS},
        "cpu_ms_per_page": 15,
    },
    options=options,
    run=run,
    smallest=(),
)
