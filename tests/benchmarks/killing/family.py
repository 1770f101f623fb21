"""Whose child each process is, as the kernel knows it."""

from contextlib import suppress
from pathlib import Path


def children(process: int) -> list[int]:
    """Give those that live, in the order in which they began."""
    found = []
    with suppress(OSError):
        for word in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            # Gone in this moment.
            with suppress(OSError, IndexError):
                state, began = _state_and_start(int(word))
                if state not in "ZX":
                    found.append((began, int(word)))
    return [number for _, number in sorted(found)]


def _state_and_start(process: int) -> tuple[str, int]:
    # The name before it may hold blanks and brackets.
    rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return rest[0], int(rest[19])
