"""Who may have a file written right now, and for how long its reader may take."""

import socket
from contextlib import suppress
from threading import Lock, Timer
from typing import Any
from uuid import UUID
from weakref import ReferenceType, ref

from crm import listening


def part_of(threads: int) -> int:
    """How many of a web process's threads may write files: the others are for pages."""
    return min(2, max(1, threads - 2))


MOST_AT_ONCE = part_of(listening.web_threads())
DEADLINE_SECONDS = 30 * 60

_lock = Lock()
# Each reader has one at a time in each web process, so that nobody takes all the room.
_readers: set[UUID] = set()


class Full(Exception):
    """As many files are being written as there is room for."""


class OneAlready(Exception):
    """This reader's other file is still being written."""


def take(reader: UUID) -> None:
    """Make room for a reader's file; raises Full and OneAlready."""
    with _lock:
        if reader in _readers:
            raise OneAlready
        if len(_readers) >= MOST_AT_ONCE:
            raise Full
        _readers.add(reader)


def give_back(reader: UUID) -> None:
    """Let the next one have the room."""
    with _lock:
        _readers.discard(reader)


class Deadline:
    """Ends a download that is not over in time, also one whose reader takes nothing at all.

    The thread that serves such a reader hangs in sending; cutting the line frees it.
    """

    def __init__(self, line: socket.socket | None) -> None:
        self.has_passed = False
        self.line = line
        self.timer = Timer(DEADLINE_SECONDS, _pass, [ref(self)])
        self.timer.daemon = True
        self.timer.start()

    def cancel(self) -> None:
        """It was over in time."""
        self.timer.cancel()


def _pass(of: "ReferenceType[Any]") -> None:
    """Know the deadline but weakly: a download that nobody holds any more is over by that."""
    deadline = of()
    if deadline is None:
        return
    deadline.has_passed = True
    if deadline.line is not None:
        with suppress(OSError):
            deadline.line.shutdown(socket.SHUT_RDWR)
