"""django-q's queue between its processes, whose readers may be killed.

A worker that waits for a task holds the queue's lock for as long. multiprocessing's lock would stay
locked when that worker is killed, and no task would reach anybody again; the kernel lets go of a
lock on a file, however its holder ends.
"""

import fcntl
import tempfile
from typing import Any

from django_q.queues import Queue


class Lock:
    """Between processes; it does not keep the threads of one apart."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the queue

    def __enter__(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_EX)

    def __exit__(self, *error: object) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN)


class MortalQueue(Queue):
    """For readers that wait without a limit of time, as those of django-q do."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        # The writers' own is held for a moment only.
        self._rlock = Lock()
