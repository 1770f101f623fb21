"""Who is near, among all of Britain's companies: as the code asks, and as a person sees it."""

import os
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from campaigns import kinds
from tests.benchmarks import registers_home
from tests.benchmarks.administration import p95
from tests.benchmarks.bulk_file import writing
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.registers_home import COUNT, REGISTER, Home
from tests.benchmarks.visitor import Visitor

ASKED = "tests.benchmarks.registers_asked"
LEICESTER = {"postcode": "LE1 1AA", "miles": 15}
LONDON = {"postcode": "EC1A 1BB", "miles": 25}
# What campaigns look for near Leicester, with all that registers know of their trades.
KINDS = ("healthcare", "education", "manufacturing", "it_msp_expansion", "retail_office")
# Those and two that ask for no trade.
PREVIEWED = (*KINDS, "location_based", "new_businesses")
# Ten codes each: common ones, rare ones, trades that belong together, and mixtures.
SETS = (
    "68209 82990 47910 68100 96090 70229 62020 98000 62012 41202",
    "01130 05102 08930 13940 15120 20412 24430 28940 30120 51220",
    "62012 62020 62030 62090 63110 58290 61900 95110 26200 46510",
    "41202 43210 43220 43310 43320 43341 43390 43910 43999 81300",
    "56101 56102 56103 56302 55100 10710 10890 47110 47290 46390",
    "86210 86230 86900 87300 88100 88910 75000 86220 86101 47730",
    "68209 01130 28940 70229 30120 62020 24430 96090 15120 82990",
    "47710 47789 47190 47599 68320 82110 47910 45200 45112 96020",
)
PERSON = "marcus@demo.example"
PREVIEWS = 56


class WrongAnswer(Exception):
    """The search did not find what there is; a fast wrong answer is no answer."""


def options(parser: ArgumentParser) -> None:
    registers_home.options(parser)
    parser.add_argument(
        "--use", type=Path, metavar="FOLDER", help="what an earlier run was told to --keep"
    )
    parser.add_argument("--samples", type=int, default=160, help="of each kind of question; 160")


def run(given: Namespace) -> Result:
    """Load the register, or take one that is loaded; compare answers, then take the time."""
    load = os.getloadavg()[0]
    opened = registers_home.opened(given.use) if given.use else registers_home.fresh(given.keep)
    with opened as home:
        if given.use is None:
            with registers_home.files(given, writing.FIRST) as (file,):
                registers_home.first_load(home, file.path, given.rows)
        rows = home.number(COUNT, REGISTER)
        if not rows:
            raise registers_home.NotLoaded(f"Nothing is loaded in {given.use}.")
        leicester, london = ask(home, given.samples)
        previews = look(home, min(PREVIEWS, given.samples))
        said = registers_home.conditions(home, load)
    said |= {
        "nearest ten and count near Leicester": _details(leicester, KINDS),
        "nearest ten and count in London": _details(london, SETS),
        "preview": {path: f"{p95(taken):.1f} ms" for path, taken in previews.items()},
    }
    figures = {
        "rows": rows,
        "p95_ms": p95([sum(both) for each in leicester for both in _pairs(each)]),
        "london_p95_ms": p95([taken for each in london for taken in each["first"]]),
        "london_count_p95_ms": p95([taken for each in london for taken in each["count"]]),
        "preview_p95_ms": p95([each for taken in previews.values() for each in taken]),
    }
    return Result(said, {name: round(figure, 1) for name, figure in figures.items()})


def ask(home: Home, samples: int) -> list[list[dict[str, Any]]]:
    """Compare answers with what there is, then take the time, in one process that has warmed up."""
    near_leicester = [[*kind.register_trades] for kind in map(kinds.get, KINDS)]
    in_london = [codes.split() for codes in SETS]
    questions = [
        {"targets": near_leicester, "checked": 3} | LEICESTER,
        {"targets": in_london, "checked": 2} | LONDON,
    ]
    found = home.call(ASKED, "answer", questions=questions, samples=samples)
    if wrong := [complaint for each in found for complaint in each["wrong"]]:
        raise WrongAnswer("\n".join(wrong))
    return [each["asked"] for each in found]


def look(home: Home, samples: int) -> dict[str, list[float]]:
    """Open the previews of such campaigns as a person does; milliseconds of each page."""
    home.serve()
    taken: dict[str, list[float]] = {}
    try:
        home.wait()
        person = Visitor(home.url)
        person.get("/sign-in/")
        person.submit("/sign-in/", username=PERSON, password=home.password(PERSON))
        pages = [(kind, where) for kind in PREVIEWED for where in (LEICESTER, LONDON)][:samples]
        for number in range(samples + len(pages)):
            kind, where = pages[number % len(pages)]
            path = f"/campaigns/new/{kind}/preview/"
            began = time.perf_counter()
            person.get(path, **where, max_results=500, months=12)
            passed = (time.perf_counter() - began) * 1000
            if number >= len(pages):
                taken.setdefault(f"{kind} {where['postcode']}", []).append(passed)
    finally:
        home.stop()
    return taken


def _pairs(asked: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """A page asks both: for the nearest, and how many there are."""
    yield from zip(asked["first"], asked["count"], strict=True)


def _details(asked: list[dict[str, Any]], names: tuple[str, ...]) -> dict[str, str]:
    """What the figures are made of."""
    return {
        name: f"{p95(each['first']):.1f} + {p95(each['count']):.1f} ms, {each['found']:,} found"
        for name, each in zip(names, asked, strict=True)
    }


BENCHMARK = Benchmark(
    name="registers_near",
    sentence="Who is near, among all of Britain's companies: nearest ten, count, preview.",
    figures={
        "rows": None,
        "p95_ms": 50,
        "london_p95_ms": 150,
        "london_count_p95_ms": 300,
        "preview_p95_ms": None,
    },
    options=options,
    run=run,
    smallest=("--rows", "2000", "--samples", "8"),
)
