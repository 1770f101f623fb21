"""How much memory the processes of an installation have held."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import resident
from tests.benchmarks.installation import Installation

KB_PER_MB = 1024


def most_of_web(product: Installation) -> float:
    """The most that any process of the web server has held so far, in megabytes."""
    return max(_held(str(product.folder).encode(), b"gunicorn"), default=0) / KB_PER_MB


def most_of_work(product: Installation) -> float:
    """The same of any process that does the work in the background."""
    return max(_held(str(product.folder).encode(), b"worker"), default=0) / KB_PER_MB


def _held(folder: bytes, program: bytes) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            settings = (process / "environ").read_bytes()
        except OSError:
            continue
        if program in command and folder in settings:
            # A process that is ending has no memory any more.
            yield resident.memory(int(process.name)).get("HWM", 0)
