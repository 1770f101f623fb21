"""How a worker hears that it should come to an end after the row in hand."""

import signal
import threading
from types import FrameType

# Not SIGTERM: django-q's processes each mean something else by that.
SIGNAL = signal.SIGUSR1
_asked = threading.Event()


def listen() -> None:
    """Take note of the signal from now on; forked children inherit this."""
    signal.signal(SIGNAL, _note)


def asked() -> bool:
    """Whether this process should take no new work."""
    return _asked.is_set()


def _note(number: int, frame: FrameType | None) -> None:
    _asked.set()
