"""From pressing “Launch” to the last lead, with the bundled registers as the only source."""

import os
import platform
import re
import time
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.installation import Installation
from tests.benchmarks.visitor import Visitor

POSTCODE, MILES = "EC1A 1BB", 15
PERSON = "marcus@demo.example"
# Each look costs the server something; the browser's own comes every 2 s.
SECONDS_TO_LOOK_FOR_TEN = 0.05
SECONDS_TO_LOOK_FOR_THE_END = 0.2
PATIENCE = 300
LEAD = re.compile(r'href="/leads/([0-9a-f-]{36})/"')


class NotCompleted(Exception):
    """The campaign failed, or took longer than anybody would wait."""


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=500, help="1 to 500; the default is 500")


def run(given: Namespace) -> Result:
    """Measure on a fresh installation, then count statements in a second run without workers."""
    load = os.getloadavg()[0]
    product = Installation(WORKERS="1", LOG_LEVEL="WARNING")
    try:
        product.wait()
        first_ten, total, campaign = launch(product, given.leads)
        [(leads,)] = product.ask("SELECT count(*) FROM leads_origin WHERE ref = %s", campaign)
        [(version,)] = product.ask("SHOW server_version")
        [(fsync,)] = product.ask("SHOW fsync")
        product.stop()
        counted = product.call(
            "tests.benchmarks.statements",
            "count",
            postcode=POSTCODE,
            miles=MILES,
            leads=given.leads,
        )
    finally:
        product.remove()
    return Result(
        conditions=conditions(load) | {"postgresql": version.split()[0], "fsync": fsync},
        figures={
            "leads": leads,
            "first_ten_s": round(first_ten, 2),
            "total_s": round(total, 2),
            "queries_per_lead": round(counted["statements"] / counted["leads"], 1),
        },
    )


def launch(product: Installation, leads: int) -> tuple[float, float, str]:
    """Sign in, launch and look; give the seconds to ten leads, to the end, and the campaign."""
    person = Visitor(product.url)
    person.get("/sign-in/")
    person.submit("/sign-in/", username=PERSON, password=product.password(PERSON))
    person.get(
        "/campaigns/new/healthcare/preview/", postcode=POSTCODE, miles=MILES, max_results=leads
    )
    began = time.monotonic()
    page = person.submit("/campaigns/launch/")
    progress = f"{person.path}progress/"
    first_ten = 0.0
    while 'data-announce="Completed' not in page:
        passed = time.monotonic() - began
        if not first_ten and len(set(LEAD.findall(page))) >= min(10, leads):
            first_ten = passed
        if passed > PATIENCE or 'data-announce="Failed' in page:
            raise NotCompleted(page)
        time.sleep(SECONDS_TO_LOOK_FOR_THE_END if first_ten else SECONDS_TO_LOOK_FOR_TEN)
        page = person.get(progress)
    total = time.monotonic() - began
    return first_ten or total, total, progress.split("/")[2]


def conditions(load: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": 1,
        "web": "gunicorn, over HTTP",
        "state": "cold: first campaign of a fresh installation",
        "load_before": round(load, 1),
        "looks": "every 50 ms until ten leads are shown, then every 200 ms",
        "queries": "second run drained in one process, without BEGIN and COMMIT",
        "where": f"healthcare, {MILES} miles around {POSTCODE}",
    }


BENCHMARK = Benchmark(
    name="campaign_registers",
    sentence="A campaign from the registers, from pressing “Launch” to its last lead.",
    figures={"leads": None, "first_ten_s": 2, "total_s": 6, "queries_per_lead": 20},
    options=options,
    run=run,
    smallest=("--leads", "20"),
)
