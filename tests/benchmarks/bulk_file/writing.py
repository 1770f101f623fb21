"""Writes the zipped file, slice by slice, on all cores and with little memory."""

import json
import os
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.bulk_file import activities, company, geography, naming
from tests.benchmarks.bulk_file.columns import HEADER
from tests.benchmarks.bulk_file.company import Slice

ROWS_OF_A_SLICE = 10_000
MONTHS = {"2026-11-01": company.first_month, "2026-11-20": company.next_month}
FIRST, NEXT = MONTHS


class Made(NamedTuple):
    """A file, and how many companies are in it otherwise than in that of the month before."""

    path: Path
    news: dict[str, int]


def made(folder: Path, rows: int, month: str) -> Made:
    """The file that an earlier call has written, or a new one."""
    path = folder / f"BasicCompanyDataAsOneFile-{month}.zip"
    beside = path.with_suffix(".json")
    if not beside.exists():
        news = write(path, rows, month)
        beside.write_text(json.dumps(news))
    return Made(path, json.loads(beside.read_text()))


def write(path: Path, rows: int, month: str) -> dict[str, int]:
    """Write the file of a month, the same whenever it is called; give what is new in it."""
    # Forked children have all of it.
    geography.choices(), activities.codes(), naming.vocabulary()
    cores = os.cpu_count() or 1
    news, ahead = Counter[str](), deque[Future[tuple[bytes, Counter[str]]]]()
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"{path.stem}.csv", "w", force_zip64=True) as file,
        ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool,
    ):
        file.write(f"{HEADER}\r\n".encode())

        def pack() -> None:
            written, told = ahead.popleft().result()
            file.write(written)
            news.update(told)

        for piece in slices(rows):
            ahead.append(pool.submit(_written, piece, rows, month))
            # Only so many at a time: to make them takes less time than to pack them.
            if len(ahead) > 2 * cores:
                pack()
        while ahead:
            pack()
    # Whoever is listed no longer cannot say it.
    gone = rows - sum(news.values()) + news["opened"]
    return {
        "closed": news["closed"] + gone,
        **{kind: news[kind] for kind in ("moved", "moved_overseas", "opened", "renamed")},
    }


def slices(rows: int) -> Iterator[Slice]:
    """All companies in the order of the file, in pieces of about one size."""
    gathered: list[naming.Share] = []
    for share in naming.shares(rows):
        if share.count > 2 * ROWS_OF_A_SLICE:
            if gathered:
                yield Slice(gathered, 0, 1)
            gathered = []
            parts = share.count // ROWS_OF_A_SLICE
            yield from (Slice([share], part, parts) for part in range(parts))
            continue
        gathered.append(share)
        if sum(each.count for each in gathered) >= ROWS_OF_A_SLICE:
            yield Slice(gathered, 0, 1)
            gathered = []
    if gathered:
        yield Slice(gathered, 0, 1)


def _written(piece: Slice, rows: int, month: str) -> tuple[bytes, Counter[str]]:
    found = list(MONTHS[month](piece, rows))
    return "".join(row.line() for row in found).encode(), Counter(row.news for row in found)
