"""The folder in which the web server's processes keep their figures, one file for each.

Named by PROMETHEUS_MULTIPROC_DIR, which settings set for gunicorn: prometheus_client reads it when
it is first imported. Any other process has no folder, and its figures are its own alone.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict

logger = logging.getLogger(__name__)

NAME = "PROMETHEUS_MULTIPROC_DIR"
KIND = "histogram"
GONE = "gone"
# For several hundred combinations of page, method and status. The files are mapped into memory,
# and whoever writes to a place that a full disk can't provide is killed: hence all at once.
BYTES = 2 << 20


def path() -> Path | None:
    """Give the folder, if this process shares its figures with others."""
    named = os.environ.get(NAME)
    return Path(named) if named else None


def is_off() -> bool:
    """Say whether there is no place for figures."""
    return os.environ.get(NAME) == ""


def begin() -> None:
    """Have the folder, empty: what an earlier server counted is not continued."""
    if folder := path():
        shutil.rmtree(folder, ignore_errors=True)
        _reserve(folder, GONE)


def join(process: int) -> None:
    """Have a place for what this process counts."""
    if folder := path():
        _reserve(folder, str(process))


def bury(process: int) -> None:
    """Add what a process counted that has ended to that of all others that have.

    The library keeps the file of each for ever, and a server that renews its processes every few
    thousand requests would have ever more of them to read.
    """
    if not (folder := path()):
        return
    with _alone(folder, fcntl.LOCK_EX):
        left = folder / f"{KIND}_{process}.db"
        if not left.exists():
            return
        kept = MmapedDict(str(folder / f"{KIND}_{GONE}.db"))
        for key, value, _, _ in MmapedDict.read_all_values_from_file(str(left)):
            kept.write_value(key, kept.read_value(key)[0] + value, 0.0)
        kept.close()
        left.unlink()


@contextmanager
def at_rest() -> Iterator[None]:
    """Let nobody be buried during the block, who would be counted twice or not at all."""
    if folder := path():
        with _alone(folder, fcntl.LOCK_SH):
            yield
    else:
        yield


@contextmanager
def _alone(folder: Path, how: int) -> Iterator[None]:
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def _reserve(folder: Path, name: str) -> None:
    file = folder / f"{KIND}_{name}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            os.posix_fallocate(opened.fileno(), 0, BYTES)
    except OSError as error:
        logger.warning("Page times are not counted: %s", error)
        with suppress(OSError):
            file.unlink()
        os.environ[NAME] = ""
