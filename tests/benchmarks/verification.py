"""Whether the checks know who is there from who only seems to be."""

import os
import platform
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from statistics import median
from typing import Any

from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.vendors import simulated
from tests.benchmarks.vendors.making import UNPROVABLE
from tests.benchmarks.vendors.serving import serving

VERIFIED = "verified"
TENANT = "demo"


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--reals", type=int, default=500, help="honest ones; default 500")
    parser.add_argument("--fakes", type=int, default=1_000, help="of the file; default all")
    parser.add_argument("--show", action="store_true", help="tell of each wrong verdict")
    simulated.options(parser, "the default is 20")


def run(given: Namespace) -> Result:
    """Check all of them, with registers, websites and Companies House at hand."""
    load = os.getloadavg()[0]
    with (
        simulated.given_by(given, speed=20) as vendors,
        serving(given, vendors, WORKERS="1", WEB_PROCESSES="1", LOG_LEVEL="ERROR") as product,
    ):
        vendors.warm()
        found = product.call(
            "tests.benchmarks.vendors.checking",
            "check",
            reals=given.reals,
            fakes=given.fakes,
            tenant=TENANT,
        )
        asked = len(vendors.calls("companies_house"))
    told = found["told"]
    reals = [each for each in told if each["is_real"]]
    fakes = [each for each in told if not each["is_real"]]
    provable = [each for each in reals if each["what"] not in UNPROVABLE]
    if given.show:
        _show(told, sys.stderr if given.json else sys.stdout)
    figures = {
        "reals_made": len(reals),
        "fakes_made": len(fakes),
        "real_verified_ratio": round(_share(provable), 4),
        "all_verified_ratio": round(_share(reals), 4),
        "fakes_verified": sum(each["checked"] == VERIFIED for each in fakes),
        "check_p50_ms": round(median(each["ms"] for each in told), 1),
        "check_ms": round(1000 * found["seconds"] / len(told), 1),
    }
    more = {"verdicts": _table(told), "companies_house": f"{asked} calls"}
    return Result(conditions(load, vendors.speed) | more, figures)


def _share(told: list[dict[str, Any]]) -> float:
    return sum(each["checked"] == VERIFIED for each in told) / max(1, len(told))


def _table(told: list[dict[str, Any]]) -> dict[str, str]:
    """Count the verdicts of each kind, the honest ones first."""
    rows: dict[str, Counter[str]] = {}
    for each in sorted(told, key=lambda each: (not each["is_real"], each["what"], each["kind"])):
        real = f"real: {each['kind']}, {each['what']}"
        name = real if each["is_real"] else f"fake: {each['what']}"
        rows.setdefault(name, Counter())[each["checked"]] += 1
    return {
        name: ", ".join(f"{many} {word}" for word, many in counted.most_common())
        for name, counted in rows.items()
    }


def _show(told: list[dict[str, Any]], output: Any) -> None:
    for each in told:
        if each["is_real"] == (each["checked"] == VERIFIED):
            continue
        sort = "REAL" if each["is_real"] else "FAKE"
        print(
            f"{sort} {each['ident']} {each['name']} ({each['kind']}, {each['what']})", file=output
        )
        print(f"  {each['checked']}: {each['reason']}", file=output)
        for line in each["checks"]:
            print(f"    {line}", file=output)


def conditions(load: float, speed: float) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": round(load, 1),
        "speed": f"{speed:g}: the vendors' time; our own work runs no faster, and the milliseconds "
        "are real ones",
        "reals": "organisations of the simulated world that are open, from nearest to farthest, "
        "around LE1, M1, LS1, B1 and EC1; told as the simulated model tells of them (7 in 100 "
        "without postcode, 20 without phone, 60 without company number)",
        "real_verified": "of all but those of whom nothing of today speaks at their place "
        f"({'; '.join(UNPROVABLE)}); all_verified counts them, too",
        "fakes": "every claim of tests/simulators/fakes.json, made before the checks by "
        "somebody who has not read them",
        "check_ms": "from beginning to end, by the candidate, twelve at once; waiting for "
        "Companies House (2/s) included",
    }


BENCHMARK = Benchmark(
    name="verification",
    sentence="Honest organisations and fakes, told apart by the checks of a campaign.",
    figures={
        "reals_made": None,
        "fakes_made": None,
        "real_verified_ratio": AtLeast(0.95),
        "all_verified_ratio": None,
        "fakes_verified": 0,
        "check_p50_ms": None,
        "check_ms": None,
    },
    options=options,
    run=run,
    smallest=("--reals", "10", "--fakes", "21", "--speed", "150"),
)
