"""A file of very many leads, and a filter among them by fields of one's own."""

import os
import platform
import time
from argparse import ArgumentParser, Namespace
from typing import Any
from urllib.request import Request

from tests.benchmarks import memory, own_rows
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.visitor import Visitor

PERSON = "marcus@demo.example"
PIECE = 1 << 20
MILLISECONDS = 1000


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=1_000_000, help="the default is 1,000,000")


def run(given: Namespace) -> Result:
    """Fill a fresh installation, then ask for the file and for the list."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", WEB_PROCESSES="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        number, text, *_ = own_rows.load(product.ask, given.leads)
        person = Visitor(product.url)
        person.get("/sign-in/")
        person.submit("/sign-in/", username=PERSON, password=product.password(PERSON))
        by_number = _best(person, **{f"{number}_from": given.leads, f"{number}_to": given.leads})
        by_text = _best(person, **{text: "d3b07384d1"})
        before = memory.most_of_web(product)
        first, total, lines = _download(person, "/leads/export/?what=leads&as=csv")
        after = memory.most_of_web(product)
    finally:
        product.remove()
    return Result(
        conditions=conditions(load),
        figures={
            "leads": lines - 1,
            "first_byte_s": round(first, 2),
            "total_s": round(total, 1),
            "memory_mb": round(after, 1),
            "grown_mb": round(max(after - before, 0.1), 1),
            "number_ms": round(by_number, 1),
            "text_ms": round(by_text, 1),
        },
    )


def _best(person: Visitor, **query: Any) -> float:
    """The list with this filter, the third time it is asked for."""
    for _ in range(3):
        began = time.perf_counter()
        person.get("/leads/", **query)
    return MILLISECONDS * (time.perf_counter() - began)


def _download(person: Visitor, path: str) -> tuple[float, float, int]:
    """Seconds to the first byte and to the last, and how many lines there are."""
    began, first, lines = time.perf_counter(), 0.0, 0
    with person.opener.open(Request(person.base + path), timeout=3600) as answer:
        while piece := answer.read1(PIECE):
            first = first or time.perf_counter() - began
            lines += piece.count(b"\r\n")
    return first, time.perf_counter() - began, lines


def conditions(load: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "web": "gunicorn, one process, over HTTP",
        "load_before": round(load, 1),
        "file": "CSV of all leads with five fields of one's own, tags, contacts and origins",
        "filters": "the list by a number, by a part of a text; the third time each",
    }


BENCHMARK = Benchmark(
    name="export",
    sentence="A file of very many leads, and the list filtered by fields of one's own.",
    figures={
        "leads": None,
        "first_byte_s": 1,
        "total_s": None,
        "memory_mb": None,
        "grown_mb": 50,
        "number_ms": 500,
        "text_ms": 500,
    },
    options=options,
    run=run,
    smallest=("--leads", "3000"),
)
