"""`python -m tests.benchmarks.bulk_file FOLDER --rows N`: write the files of two months there."""

from argparse import ArgumentParser
from pathlib import Path

from tests.benchmarks.bulk_file import writing

if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m tests.benchmarks.bulk_file")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=5_600_000)
    given = parser.parse_args()
    for month in writing.MONTHS:
        print(*writing.made(given.folder, given.rows, month), flush=True)  # noqa: T201
