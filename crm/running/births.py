"""How a supervisor hears of every process of its cluster, in the moment in which it is born.

A worker may claim a row, and be killed, before anybody had a look at it.
"""

import os
from contextlib import suppress
from pathlib import Path

# Names the end of the pipe to the cluster.
BIRTHS = "CRM_BIRTHS"
MOST_BYTES = 65_536


class Births:
    """A pipe into which each new process writes its number."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)

    def new(self) -> set[int]:
        """Give those that were born since the last call."""
        with suppress(BlockingIOError):
            return set(map(int, os.read(self.reader, MOST_BYTES).split()))
        return set()


def announce() -> None:
    """Tell the supervisor of this process, if it has one."""
    if writer := os.environ.get(BIRTHS):
        os.write(int(writer), b"%d\n" % os.getpid())


def lives(process: int) -> bool:
    """Say whether a process runs; one that is dead and waits for its parent does not."""
    try:
        os.kill(process, 0)
    except OSError:
        # Gone, or the number is somebody else's by now.
        return False
    with suppress(OSError):
        # The name before it may hold blanks and brackets.
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return True
