"""Websites read side by side by one process, politely, and what that costs."""

import json
import os
import platform
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.vendors import simulated
from tests.benchmarks.vendors.serving import serving
from tests.simulators import world
from tests.simulators.pages import making, robots, shown

READ = "enrichment.crawling.links.read"
SECONDS, PAGES = 0.3, 10
PLACES = ((51.52, -0.1), (53.48, -2.24), (52.63, -1.13), (53.8, -1.55), (52.48, -1.9))
MILES = 12
PATIENCE = 300


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--sites", type=int, default=150, help="how many; default 150")
    parser.add_argument("--threads", type=int, default=24, help="at once; default 24")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="what a page takes them")
    parser.add_argument("--wild", type=float, default=0.0, help="the share that misbehaves")
    parser.add_argument("--read", default=READ, help=f"what reads each page; default {READ}")
    simulated.options(parser, "the default is 1")


def run(given: Namespace) -> Result:
    """Read that many websites, each of which has ten pages that may be read, or more."""
    load = os.getloadavg()[0]
    sites = chosen(given.sites)
    with (
        simulated.given_by(given, speed=1) as vendors,
        serving(given, vendors, WORKERS="1", WEB_PROCESSES="1", LOG_LEVEL="ERROR") as product,
    ):
        place = _place(Path(vendors.env["HTTP_NAMES"]))
        # Whoever asks first waits until the world is there.
        _open(f"{place}/", headers={"Host": sites[0].split("/")[2]})
        _steer(place, seconds=given.seconds, wild=given.wild)
        _open(f"{place}/_control/calls", method="DELETE")
        found = product.call(
            "tests.benchmarks.vendors.crawling",
            "read_all",
            sites=sites,
            threads=given.threads,
            read=given.read,
        )
        manners = json.loads(_open(f"{place}/_control/stats"))["manners"]
        _steer(place, seconds=None, wild=0)
    figures = {
        "sites": found["sites"],
        "sites_per_s": round(found["sites"] / found["seconds"], 2),
        "pages_per_s": round(found["pages"] / found["seconds"], 1),
        "pages_per_site": round(found["pages"] / max(1, found["sites"]), 2),
        "site_p50_s": round(found["site_p50_s"], 2),
        "cpu_ms_per_page": round(1000 * found["cpu"] / max(1, found["pages"]), 2),
        "peak_mb": round(found["peak_mb"]),
        "at_once_per_host": manners["most_at_once_per_host"],
        "forbidden_pages": manners["forbidden_pages"],
        "errors": found["errors"],
    }
    more = {"states": found["states"], "mb_before": f"{found['mb_before']:.0f}: the product, idle"}
    return Result(conditions(given, load) | more, figures)


def chosen(count: int) -> list[str]:
    """Give websites with ten readable pages or more, that ask for no pause between two."""
    found: dict[str, None] = {}
    for latitude, longitude in PLACES:
        for one in world.near(latitude, longitude, MILES):
            is_open = one.domain and making.of(one).opens and not robots.delay(one)
            if is_open and len(shown.readable(one)) >= PAGES:
                found[one.website] = None
            if len(found) == count:
                return list(found)
    raise ValueError(f"There are only {len(found)} such websites.")


def conditions(given: Namespace, load: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
        "threads": f"{given.threads} in one process; the simulated websites share the cores",
        "page": f"takes a website {given.seconds:g} s; {given.wild:g} of them misbehave",
        "read": f"{given.read}: what each page goes through, in the same threads",
        "sites": "with ten readable pages or more, none that asks for a pause between two",
        "cpu": "of the crawling process, robots.txt and attempts by https included; neither the "
        "database’s nor the websites’",
    }


def _place(names: Path) -> str:
    """Give where the simulated websites listen, by the file that stands for DNS."""
    return f"http://{names.read_text().split()[-1]}"


def _steer(place: str, **given: Any) -> None:
    _open(f"{place}/_control/steer", json.dumps(given).encode(), method="POST")


def _open(url: str, data: bytes | None = None, **more: Any) -> bytes:
    with urlopen(Request(url, data, **more), timeout=PATIENCE) as answer:
        body: bytes = answer.read()
    return body


BENCHMARK = Benchmark(
    name="crawl",
    sentence="Websites read side by side by one process, politely.",
    figures={
        "sites": None,
        "sites_per_s": AtLeast(3),
        "pages_per_s": None,
        "pages_per_site": None,
        "site_p50_s": None,
        "cpu_ms_per_page": None,
        "peak_mb": None,
        "at_once_per_host": 1,
        "forbidden_pages": 0,
        "errors": 0,
    },
    options=options,
    run=run,
    smallest=("--sites", "6", "--threads", "6", "--seconds", "0.01"),
)
