"""Runs whose processes are killed at random, against one that nobody disturbs."""

import math
import os
import platform
import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.benchmarks import slow
from tests.benchmarks.contract import AtLeast, Benchmark, Result
from tests.benchmarks.killing.arena import WORKERS, Arena
from tests.benchmarks.killing.facts import ADDS_UP, Facts
from tests.benchmarks.killing.roles import ROLES
from tests.benchmarks.killing.run import Course, NotCompleted, Wanted
from tests.benchmarks.killing.shots import Deck, Shots
from tests.benchmarks.slow import rate

KIND, POSTCODE, MILES = "healthcare", "EC1A 1BB", 15
UNDISTURBED = "undisturbed"
# Before its end a run must be at work for so many more pieces: else a late kill finds it over.
PIECES_BEFORE_THE_END = 3
# Of the time that a piece takes; some take longer.
MOST_LATE = 1.5


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=20, help="the default is 20")
    parser.add_argument("--kills", type=int, default=20, help="in each run; the default is 20")
    parser.add_argument("--leads", type=int, default=500, help="1 to 500; the default is 500")
    parser.add_argument("--items", type=int, default=4000, help="rows of 20 ms; default 4000")
    parser.add_argument("--seed", type=int, help="repeats the order of an earlier call")
    parser.add_argument("--log", help="where to keep what the product said")


@dataclass
class Tale:
    """What all runs together have shown."""

    runs: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    doubled: int = 0
    dead_rows: int = 0
    backs: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)

    def add(self, course: Course, expected: Facts, left: Facts, dead_rows: int) -> None:
        """Count one more run; what it left is compared as a set of facts, not as numbers."""
        self.runs += 1
        self.killed.update(kill.role for kill in course.kills)
        self.lost += (expected - left).total()
        self.doubled += (left - expected).total()
        self.dead_rows += dead_rows
        self.gaps.append(course.gap)
        self.backs += [kill.back or 0.0 for kill in course.kills if kill.concerns_work]


def run(given: Namespace) -> Result:
    """Disturb one run after the other, then count rows of 20 ms, all on one installation."""
    load = os.getloadavg()[0]
    seed = given.seed if given.seed is not None else int(time.time())
    show = _Shown(sys.stderr if given.json else sys.stdout)
    deck, tale = Deck(Random(seed)), Tale()
    companies = [f"disturbed-{number}" for number in range(1, given.runs + 1)]
    arena = Arena(
        Wanted(KIND, POSTCODE, MILES, given.leads),
        [UNDISTURBED, *companies],
        DJANGO_SETTINGS_MODULE="tests.benchmarks.slow.settings",
    )
    try:
        calm = arena.run(UNDISTURBED)
        expected = arena.left_by(UNDISTURBED)
        if calm.state != "completed" or not expected[ADDS_UP]:
            raise NotCompleted(f"The {UNDISTURBED} run is no measure: {calm}")
        show.say(f"{UNDISTURBED}: {calm.found} found in {calm.seconds:.1f} s")
        for company in companies:
            last = max(0, calm.found - PIECES_BEFORE_THE_END * calm.step)
            after = [deck.chance.randint(0, last) for _ in range(given.kills)]
            shots = Shots(arena.roles, deck, after, late=MOST_LATE * calm.pace)
            course = arena.run(company, shots)
            left = arena.left_by(company)
            tale.add(course, expected, left, arena.dead_rows(company))
            show.run(company, course, expected, left)
        arena.wait_until_well()
        items = rate.measure(arena.product, [UNDISTURBED, companies[0]], given.items)
        [(version,)] = arena.product.ask("SHOW server_version")
        [(fsync,)] = arena.product.ask("SHOW fsync")
    finally:
        if given.log:
            shutil.copy(arena.product.log, given.log)
        arena.remove()
    server = {"postgresql": version.split()[0], "fsync": fsync}
    return Result(conditions(given, seed, load, tale) | server, figures(tale, items))


class _Shown:
    """Tells of every kill, and of what is wrong."""

    def __init__(self, output: Any) -> None:
        self.output = output

    def say(self, text: str) -> None:
        print(text, file=self.output, flush=True)

    def run(self, company: str, course: Course, expected: Facts, left: Facts) -> None:
        self.say(
            f"{company}: {course.state}, {course.found} found in {course.seconds:.1f} s, "
            f"longest gap {course.gap:.1f} s (after {course.gap_after})"
        )
        for kill in course.kills:
            self.say(f"  {kill}; back after {kill.back or 0:.2f} s")
        for word, facts in (("LOST", expected - left), ("DOUBLED", left - expected)):
            for (what, name), count in facts.items():
                self.say(f"  {word} {count} × {what} {name}")


def figures(tale: Tale, items: float) -> dict[str, int | float]:
    return {
        "runs": tale.runs,
        "kills": tale.killed.total(),
        "lost": tale.lost,
        "doubled": tale.doubled,
        "dead_rows": tale.dead_rows,
        "back_p95_s": round(percentile(tale.backs, 95), 2),
        "idle_gap_s": round(max(tale.gaps), 2),
        "items_per_s": round(items, 1),
    }


def percentile(values: Sequence[float], percent: int) -> float:
    """Give the value that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else 0.0


def conditions(given: Namespace, seed: int, load: float, tale: Tale) -> dict[str, Any]:
    """Say what the figures depend on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "workers": WORKERS,
        "load_before": round(load, 1),
        "seed": seed,
        "killed": ", ".join(f"{role} {tale.killed[role]}" for role in ROLES),
        "moments": "after random progress, before the last pieces, and up to "
        f"{MOST_LATE} pieces later; the next kill waits for nothing",
        "launched": "over HTTP by the owner of a company of its own per run, one installation",
        "compared": "leads by their register entries, findings, origins, moves, timeline, scores, "
        "organisations, keys, audit trail, notices and the run's counters",
        "where": f"{KIND}, {given.leads} leads, {MILES} miles around {POSTCODE}",
        "items": f"{given.items} rows of {1000 * slow.SECONDS:.0f} ms, {slow.THREADS} threads per "
        f"worker, {slow.BATCH} rows a claim, two companies",
    }


BENCHMARK = Benchmark(
    name="kills",
    sentence="Runs whose processes are killed with SIGKILL, and what is left of them.",
    figures={
        "runs": None,
        "kills": None,
        "lost": 0,
        "doubled": 0,
        "dead_rows": 0,
        "back_p95_s": 15,
        "idle_gap_s": 20,
        "items_per_s": AtLeast(250),
    },
    options=options,
    run=run,
    smallest=("--runs", "1", "--kills", "2", "--leads", "120", "--items", "300"),
)
