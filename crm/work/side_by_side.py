"""Threads that work on rows side by side, each with a connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connections

Work = Callable[[Any], None]


class SideBySide:
    """Threads that are started when they are first needed and kept until `end`."""

    def __init__(self) -> None:
        self.pools: dict[int, ThreadPoolExecutor] = {}

    def each(self, rows: list[Any], work: Work, threads: int) -> None:
        """Work on every row; when all have ended, raise what the first of those raised that did."""
        if threads == 1 or len(rows) == 1:
            for row in rows:
                work(row)
            return
        pool = self.pools.setdefault(threads, ThreadPoolExecutor(threads, "work"))
        futures = [pool.submit(work, row) for row in rows]
        errors = [future.exception() for future in futures]
        for error in errors:
            if error is not None:
                raise error

    def end(self) -> None:
        """Let each thread close its connection, and end."""
        for threads, pool in self.pools.items():
            # None takes a second turn before all have had their first.
            all_here = Barrier(threads)
            for future in [pool.submit(_close, all_here) for _ in range(threads)]:
                future.result()
            pool.shutdown()
        self.pools.clear()


def _close(all_here: Barrier) -> None:
    connections.close_all()
    all_here.wait()


@contextmanager
def side_by_side() -> Iterator[SideBySide]:
    """Have threads for the block."""
    threads = SideBySide()
    try:
        yield threads
    finally:
        threads.end()
