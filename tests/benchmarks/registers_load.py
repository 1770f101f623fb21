"""All of Companies House, from the file to the last index: first, once more, and a month later."""

import os
from argparse import ArgumentParser, Namespace
from typing import Any

from tests.benchmarks import registers_home
from tests.benchmarks.bulk_file import writing
from tests.benchmarks.contract import Benchmark, Result
from tests.benchmarks.registers_home import COUNT, REGISTER, WRITTEN, Home

CHANGES = 'SELECT count(*) FROM registers_change WHERE register_id = %s AND "on" = %s'
OVERSEAS = "moved_overseas"
KINDS = (
    'SELECT kind, count(*) FROM registers_change WHERE register_id = %s AND "on" = %s '
    "GROUP BY kind ORDER BY kind"
)


class WrongChanges(Exception):
    """What is said to have changed is not what did."""


def options(parser: ArgumentParser) -> None:
    registers_home.options(parser)


def run(given: Namespace) -> Result:
    """Load the file into a fresh installation, the same file again, and that of the next month."""
    load = os.getloadavg()[0]
    with (
        registers_home.files(given, writing.FIRST, writing.NEXT) as (first, later),
        registers_home.fresh(given.keep) as home,
    ):
        begun = registers_home.first_load(home, first.path, given.rows)
        rows = home.number(COUNT, REGISTER)
        written = home.number(WRITTEN)
        again = home.load(first.path, writing.FIRST)
        written = home.number(WRITTEN) - written
        changed = home.load(later.path, writing.NEXT)
        figures = {
            "rows": rows,
            "first_s": round(begun.seconds, 1),
            "again_s": round(again.seconds, 1),
            "rows_written": written,
            "changed_s": round(changed.seconds, 1),
            "changes": home.number(CHANGES, REGISTER, writing.NEXT),
            "peak_mb": round(max(begun.peak_mb, again.peak_mb, changed.peak_mb)),
        }
        said = {
            "peaks_mb": [round(each.peak_mb) for each in (begun, again, changed)],
            "changed": compare(home, later.news),
            "said": [each.said for each in (begun, again, changed)],
        }
        return Result(_conditions(home, load) | said, figures)


def compare(home: Home, made: dict[str, int]) -> dict[str, int]:
    """See that what changed is what the files say; whoever moved overseas has no postcode."""
    found: dict[str, int] = dict(home.ask(KINDS, REGISTER, writing.NEXT))
    wanted = {kind: count for kind, count in made.items() if count and kind != OVERSEAS}
    may_exceed = dict.fromkeys(wanted, 0) | {"moved": made[OVERSEAS]}
    if found.keys() != wanted.keys() or any(
        not 0 <= found[kind] - count <= may_exceed[kind] for kind, count in wanted.items()
    ):
        raise WrongChanges(f"Made were {made}, and found were {found}.")
    return found


def _conditions(home: Home, load: float) -> dict[str, Any]:
    return registers_home.conditions(home, load) | {
        "spots": home.number("SELECT count(*) FROM registers_spot"),
        "links": home.number("SELECT count(*) FROM registers_link"),
    }


BENCHMARK = Benchmark(
    name="registers_load",
    sentence="All of Companies House into a fresh installation, once more, and a month later.",
    figures={
        "rows": None,
        "first_s": 480,
        "again_s": 180,
        "rows_written": 0,
        "changed_s": None,
        "changes": None,
        "peak_mb": 300,
    },
    options=options,
    run=run,
    smallest=("--rows", "2000"),
)
