"""Lets whoever asks write down that a call that costs goes out now, and not a moment before.

What is written earlier would count a call as sent that still waits for its turn: its worker may die
before it leaves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_note: ContextVar[Callable[[], None] | None] = ContextVar("note", default=None)


@contextmanager
def noted(note: Callable[[], None]) -> Iterator[None]:
    """Have `note` called before each call of the block that must not be repeated is sent.

    What it raises ends the call unsent.
    """
    before = _note.set(note)
    try:
        yield
    finally:
        _note.reset(before)


def now() -> None:
    """Say that it goes out."""
    if (note := _note.get()) is not None:
        note()
