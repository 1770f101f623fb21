"""Only one `make run` per data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Somebody holds the folder; the sentence says which process and where it serves."""


@contextmanager
def only_one(path: Path, address: str) -> Iterator[None]:
    """Hold `path` for the block; the kernel lets go of it even when we are killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip() or "another process"
            raise AlreadyRunning(
                f"It is running already ({who}). Stop that one first, or use another folder: "
                "DATA_DIR=… PORT=… make run"
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()}, {address}\n")
        file.flush()
        yield
