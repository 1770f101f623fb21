"""Children that do not outlive their parent (Linux; elsewhere nothing happens)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
# Loaded before any fork: a child that has been forked must not import.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals, parent: int | None = None) -> None:
    """Have the kernel send this process `number` when its parent ends; `parent` closes the race.

    A change of user clears it, so it is called after that. The "parent" is the thread that forked.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), number)


def mortal(number: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """A `preexec_fn` for children of this process."""
    parent = os.getpid()

    def prepare() -> None:
        die_with_parent(number, parent)

    return prepare


def mortal_forks(number: signal.Signals = signal.SIGKILL) -> None:
    """Have whatever this process forks, and those fork, end with their parents from now on."""
    parent = os.getpid()

    def remember() -> None:
        nonlocal parent
        parent = os.getpid()

    # A parent may be killed before its child is ready to hear of that.
    os.register_at_fork(before=remember, after_in_child=lambda: die_with_parent(number, parent))
