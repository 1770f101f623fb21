"""How much of the cores the processes of an installation have used (Linux)."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crm.postgres.cluster import Cluster
from tests.benchmarks.installation import Installation
from tests.benchmarks.killing.family import children

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """Seconds of a core: of whoever works in the background, and of PostgreSQL."""

    work: float
    database: float

    def since(self, before: "Used") -> "Used":
        """Give what was used after an earlier look."""
        return Used(self.work - before.work, self.database - before.database)


def seconds(product: Installation) -> Used:
    """Add up what they have used so far, those among them that have ended included."""
    return Used(_sum(_workers(product)), _sum(_postgres(product)))


def _workers(product: Installation) -> Iterable[Path]:
    folder = str(product.folder).encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_worker = b"worker" in (process / "cmdline").read_bytes()
            if is_worker and folder in (process / "environ").read_bytes():
                yield process


def _postgres(product: Installation) -> Iterable[Path]:
    with suppress(OSError, ValueError, IndexError):
        lines = (Cluster(product.folder).data / "postmaster.pid").read_text().splitlines()
        first = int(lines[0])
        for number in (first, *children(first)):
            yield Path(f"/proc/{number}")


def _sum(processes: Iterable[Path]) -> float:
    ticks = 0
    for process in processes:
        with suppress(OSError, IndexError):
            # The name before it may hold blanks and brackets.
            rest = (process / "stat").read_text().rpartition(")")[2].split()
            # Its own, and that of its children that have ended.
            ticks += sum(map(int, rest[11:15]))
    return ticks / TICKS
