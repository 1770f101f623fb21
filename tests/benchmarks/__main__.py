"""`python -m tests.benchmarks`: list them, run one, or check them all in their smallest size."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from crm import deathsig
from tests.benchmarks import (
    access,
    administration,
    campaign_registers,
    campaign_vendors,
    chance,
    closeness,
    crawl,
    dedupe_lookup,
    dedupe_quality,
    duplicate_scan,
    enrich_vendors,
    export,
    extraction,
    fairness,
    kills,
    registers_load,
    registers_near,
    score_recompute,
    surface,
    vendor_limits,
    verification,
    visibility,
    waterfall,
)
from tests.benchmarks.contract import Benchmark, Result, verdict
from tests.benchmarks.installation import Installation
from tests.benchmarks.vendors.simulated import Vendors

BENCHMARKS = {
    each.BENCHMARK.name: each.BENCHMARK
    for each in (
        campaign_registers,
        campaign_vendors,
        enrich_vendors,
        vendor_limits,
        verification,
        crawl,
        kills,
        fairness,
        visibility,
        export,
        administration,
        access,
        surface,
        registers_load,
        registers_near,
        dedupe_quality,
        dedupe_lookup,
        duplicate_scan,
        extraction,
        waterfall,
        chance,
        closeness,
        score_recompute,
    )
}
# One uses what the other has loaded.
REGISTERS = ("registers_load", "registers_near")
# They ask the same simulated vendors.
VENDORS = ("campaign_vendors", "enrich_vendors", "vendor_limits", "verification", "crawl")
SPEED_OF_CHECK = 150
# Of two cores each is idle now and then, since who measures mostly waits.
AT_ONCE = 3
# After those.
LONGEST = ("administration", "visibility", "access", "surface", "kills", "export", "dedupe_lookup")
UNITS = (
    "_ms", "_s", "_per_s", "_mb", "_ratio", "_per_lead", "_precision", "_recall", "_per_row",
    "_share", "_per_page", "_per_site", "_auc", "accuracy", "brier", "_error",
)  # fmt: skip
# What should not happen at all is counted, too.
MAY_BE_NONE = (
    "lost", "doubled", "dead_rows", "errors", "load_errors", "rows_written", "paid_twice",
    "left_open", "misbooked", "limit_breaches", "fakes_verified", "after_second_wave_s",
    "forbidden_pages",
)  # fmt: skip
COUNTED = (
    "leads",
    "organisations",
    "runs",
    "kills",
    "worker_kills",
    "tenants",
    "queries",
    "nodes",
    "kb",
    "rows",
    "changes",
    "made",
    "pairs",
    "sites",
    "pages",
    "at_once_per_host",
    "vectors",
)
COUNTS = (*COUNTED, *MAY_BE_NONE)


def main(argv: list[str]) -> int:
    """Do what the command line says; the exit status is 0 when that worked."""
    if not argv:
        return show()
    if argv[0] == "--self-check":
        return check_all(*map(int, argv[1:3]))
    parser = ArgumentParser(prog="python -m tests.benchmarks")
    named = parser.add_subparsers(dest="name", metavar="NAME", required=True)
    for each in BENCHMARKS.values():
        one = named.add_parser(each.name, help=each.sentence)
        one.add_argument("--json", action="store_true", help="print one line of JSON only")
        each.options(one)
    given = parser.parse_args(argv)
    # Whoever ends it wants nothing of it left.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    benchmark = BENCHMARKS[given.name]
    result = benchmark.run(given)
    say(as_json(benchmark, result) if given.json else as_table(benchmark, result))
    return 0


def show() -> int:
    """List them."""
    for each in BENCHMARKS.values():
        say(f"{each.name:20} {each.sentence}")
    return 0


def as_json(benchmark: Benchmark, result: Result) -> str:
    """One line."""
    parts: dict[str, Any] = {"conditions": result.conditions, "figures": result.figures}
    return json.dumps({"benchmark": benchmark.name, **parts})


def as_table(benchmark: Benchmark, result: Result) -> str:
    """Figures beside their targets, then the conditions."""
    lines = [f"{benchmark.sentence}\n"]
    for name, figure in result.figures.items():
        stands = verdict(benchmark.figures[name], figure)
        lines.append(f"  {name:20} {figure:>10,}   {stands}".rstrip())
    lines += ["", *(f"  {name}: {value}" for name, value in result.conditions.items())]
    return "\n".join(lines)


def check_all(turn: int = 0, turns: int = 1) -> int:
    """Run each in its smallest size, several at a time, and look at what they print.

    Of several turns this one has every so-manieth.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as several:
        failed = sum(several.map(lambda job: job(), jobs()[turn % turns :: turns]))
    return 1 if failed else 0


def jobs() -> list[Callable[[], int]]:
    """What can be done side by side, the longest first; each tells how much is wrong."""
    taken = {*LONGEST, *REGISTERS, *VENDORS}
    names = [*LONGEST, *(name for name in BENCHMARKS if name not in taken)]
    return [check_registers, check_vendors, *(partial(check, name) for name in names)]


def check_registers() -> int:
    """Load a register, then ask the installation in which it was."""
    with tempfile.TemporaryDirectory(prefix="crm-kept-") as folder:
        # The database is another user's when we are root.
        Path(folder).chmod(0o711)
        load, near = REGISTERS
        kept = f"{folder}/kept"
        return check(load, "--keep", kept) or check(near, "--use", kept)


def check_vendors() -> int:
    """Start the simulated vendors once, and one product that asks them: both take long to start."""
    with Vendors(SPEED_OF_CHECK) as vendors:
        product = Installation(WORKERS="2", LOG_LEVEL="WARNING", WEB_PROCESSES="1", **vendors.env)
        try:
            product.lend()
            both = ("--vendors", str(vendors.folder), "--product", str(product.folder))
            return sum(check(name, *both) for name in VENDORS)
        finally:
            product.remove()


def check(name: str, *more: str) -> int:
    """Say whether it works; 1 if it does not."""
    began = time.monotonic()
    wrong = _wrong(BENCHMARKS[name], *more)
    say(f"{name}: {wrong or f'ok, {time.monotonic() - began:.1f} s'}")
    return 1 if wrong else 0


def _wrong(benchmark: Benchmark, *more: str) -> str:
    """Run it as its own process; "" if nothing is wrong."""
    words = [benchmark.name, "--json", *benchmark.smallest, *more]
    answer = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *words],
        # Only those who say so need a second process of the web server; to warm it takes seconds.
        env=os.environ | {"WEB_PROCESSES": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=deathsig.mortal(signal.SIGTERM),
    )
    return complaint(benchmark, answer.stdout) if answer.returncode == 0 else answer.stderr


def complaint(benchmark: Benchmark, stdout: str) -> str:
    """What is wrong with a benchmark's output, "" if nothing is."""
    try:
        line, rest = stdout.split("\n", 1)
        said = json.loads(line)
        figures, keys = said["figures"], list(said)
    except (ValueError, KeyError, TypeError):
        return f"It did not print one line of JSON: {stdout[:500]!r}"
    if rest or keys != ["benchmark", "conditions", "figures"]:
        return f"It printed more or less than it should: {stdout[:500]!r}"
    if set(figures) != set(benchmark.figures):
        return f"It promises {sorted(benchmark.figures)} and printed {sorted(figures)}."
    broken = [name for name, value in figures.items() if benchmark.figures[name] == 0 and value]
    if broken:
        return f"Must be none: {', '.join(f'{figures[name]} {name}' for name in broken)}."
    odd = [
        name
        for name, value in figures.items()
        if not name.endswith(UNITS + COUNTS) or value < 0 or (not value and name not in MAY_BE_NONE)
    ]
    return f"Without unit or value: {', '.join(odd)}." if odd else ""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
