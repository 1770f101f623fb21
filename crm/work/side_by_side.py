"""Threads that work on rows side by side, each with a connection of its own."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import Error, connection, connections

from crm.work import trouble

Work = Callable[[Any], None]

# While others work beside and nothing else is due: at first, and after a while in vain.
SECONDS_BETWEEN_LOOKS = 0.1
MOST_SECONDS_BETWEEN_LOOKS = 1.0


class SideBySide:
    """Crews of threads, by name, that are started when they are first needed and kept until `end`.

    Nobody waits for a crew that is at work: what is slow outside holds up nothing else.
    """

    def __init__(self) -> None:
        self.crews: dict[str, tuple[int, ThreadPoolExecutor]] = {}
        self.busy: dict[str, set[Future[None]]] = {}
        # Of which nobody has been told that they ended.
        self.under_way: set[Future[None]] = set()

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
        self.under_way.update(begun)
        return begun

    def any_done(self, seconds: float) -> bool:
        """Wait until something that was under way has ended; say whether anything has.

        What has ended since this was last asked counts, too.
        """
        done, self.under_way = wait(self.under_way, timeout=seconds, return_when=FIRST_COMPLETED)
        return bool(done)

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


class Pause:
    """Between two looks at what is due while others are under way: ever longer while nothing is.

    It ends as soon as one of them has ended, or a call comes: `calls` counts the wake-ups that
    nobody has taken. Whom nobody can call looks as often as at first.
    """

    def __init__(
        self, threads: SideBySide, until: Callable[[], bool], calls: Callable[[], int | None] | None
    ) -> None:
        self.threads, self.until, self.calls = threads, until, calls
        self.waiting: int | None = None
        self.begin_anew()

    def begin_anew(self) -> None:
        """Look soon again: something was due."""
        self.seconds = SECONDS_BETWEEN_LOOKS

    def wait(self) -> None:
        """Wait until it is time for another look."""
        end = time.monotonic() + self.seconds
        while not self.until():
            left = end - time.monotonic()
            if self.threads.any_done(min(left, SECONDS_BETWEEN_LOOKS)) or self._is_called():
                self.begin_anew()
                return
            if left <= SECONDS_BETWEEN_LOOKS:
                break
        if self.calls is not None:
            self.seconds = min(2 * self.seconds, MOST_SECONDS_BETWEEN_LOOKS)

    def _is_called(self) -> bool:
        """Say whether more wake-ups wait than before; of fewer, some were taken by others."""
        if self.calls is None:
            return False
        try:
            waiting = self.calls()
        except Error as error:
            if not trouble.is_away(error):
                raise
            connection.close()
            waiting = None
        if waiting is None:
            self.calls = None
            return True
        before, self.waiting = self.waiting, waiting
        return before is not None and waiting > before


@contextmanager
def side_by_side() -> Iterator[SideBySide]:
    """Have threads for the block."""
    threads = SideBySide()
    try:
        yield threads
    finally:
        threads.end()
