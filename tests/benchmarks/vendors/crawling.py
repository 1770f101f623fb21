"""Reads websites side by side; runs inside `manage.py`, on the product's database."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

from django.db import connections
from django.utils.module_loading import import_string

from enrichment.crawling.contract import Crawl, State
from enrichment.crawling.crawl import crawl
from tests.benchmarks import resident


def read_all(sites: list[str], threads: int, read: str) -> dict[str, Any]:
    """Read each with this reader, named by module and function; count what came of it."""
    reader = import_string(read)

    def one(site: str) -> tuple[Crawl[Any] | None, float]:
        began = time.monotonic()
        try:
            return crawl(site, lambda _: None, read=reader), time.monotonic() - began
        except Exception:
            return None, 0.0

    before = _peak_mb()
    began, cpu = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(threads, initializer=connections.close_all) as crew:
        told = list(crew.map(one, sites))
    seconds, cpu = time.monotonic() - began, time.process_time() - cpu
    found = [(each, took) for each, took in told if each is not None]
    states = [str(each.state) for each, _ in found]
    return {
        "sites": len(found),
        "errors": len(told) - len(found),
        "pages": sum(len(each.pages) for each, _ in found),
        "seconds": seconds,
        "cpu": cpu,
        "site_p50_s": median(took for each, took in found if each.state is State.OK),
        "mb_before": before,
        "peak_mb": _peak_mb(),
        "states": {state: states.count(state) for state in sorted(set(states))},
    }


def _peak_mb() -> float:
    """The most that this process has held so far."""
    # What the parent held counts in `getrusage`, too.
    return resident.memory(os.getpid())["HWM"] * resident.MB_PER_KB
