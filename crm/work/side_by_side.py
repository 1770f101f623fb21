"""Threads that work on rows side by side, each with a connection of its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connections

Work = Callable[[Any], None]


class SideBySide:
    """Crews of threads, by name, that are started when they are first needed and kept until `end`.

    Nobody waits for a crew that is at work: what is slow outside holds up nothing else.
    """

    def __init__(self) -> None:
        self.crews: dict[str, tuple[int, ThreadPoolExecutor]] = {}
        self.busy: dict[str, set[Future[None]]] = {}

    def free(self, crew: str, threads: int) -> int:
        """Say how many more rows a crew of so many threads could begin with now."""
        at_work = {each for each in self.busy.get(crew, ()) if not each.done()}
        self.busy[crew] = at_work
        return threads - len(at_work)

    def start(self, crew: str, threads: int, rows: Sequence[Any], work: Work) -> list[Future[None]]:
        """Let a crew work on these rows, each of them in a thread."""
        if crew not in self.crews:
            self.crews[crew] = threads, ThreadPoolExecutor(threads, f"work-{crew}")
        begun = [self.crews[crew][1].submit(work, row) for row in rows]
        self.busy.setdefault(crew, set()).update(begun)
        return begun

    def any_done(self, seconds: float) -> bool:
        """Wait until something that is under way has ended; say whether anything was under way."""
        at_work = [each for busy in self.busy.values() for each in busy if not each.done()]
        if at_work:
            wait(at_work, timeout=seconds, return_when=FIRST_COMPLETED)
        return bool(at_work)

    def end(self) -> None:
        """Let each thread close its connection, and end."""
        for threads, pool in self.crews.values():
            # None takes a second turn before all have had their first.
            all_here = Barrier(threads)
            for future in [pool.submit(_close, all_here) for _ in range(threads)]:
                future.result()
            pool.shutdown()
        self.crews.clear()


def _close(all_here: Barrier) -> None:
    try:
        connections.close_all()
    finally:
        all_here.wait()


@contextmanager
def side_by_side() -> Iterator[SideBySide]:
    """Have threads for the block."""
    threads = SideBySide()
    try:
        yield threads
    finally:
        threads.end()
