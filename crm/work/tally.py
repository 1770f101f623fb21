"""Counts what is done, minute by minute, for the operations page and for machines that watch."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db import Error, connection

logger = logging.getLogger(__name__)

KEPT = timedelta(days=2)
# The minute of all that is older.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

ADD = """
INSERT INTO work_tally (name, minute, done, failed, interrupted, busy_ms)
VALUES (%s, date_trunc('minute', now()), %s, %s, %s, %s)
"""
SUM_UP = """
ON CONFLICT (name, minute) DO UPDATE SET
    done = work_tally.done + excluded.done,
    failed = work_tally.failed + excluded.failed,
    interrupted = work_tally.interrupted + excluded.interrupted,
    busy_ms = work_tally.busy_ms + excluded.busy_ms
"""
FOLD = """
WITH gone AS (
    DELETE FROM work_tally WHERE minute > %s AND minute < %s RETURNING *
)
INSERT INTO work_tally (name, minute, done, failed, interrupted, busy_ms)
SELECT name, %s, sum(done), sum(failed), sum(interrupted), sum(busy_ms) FROM gone GROUP BY name
"""


@dataclass
class Count:
    done: int = 0
    failed: int = 0
    interrupted: int = 0
    seconds: float = 0.0


class Counts:
    """What this process has done since it last wrote it down, by name."""

    def __init__(self) -> None:
        self.by_name: dict[str, Count] = defaultdict(Count)
        self.lock = Lock()

    def add(
        self, name: str, seconds: float, *, is_good: bool, was_interrupted: bool = False
    ) -> None:
        """Count one row; threads may do so side by side."""
        with self.lock:
            count = self.by_name[name]
            count.done += is_good
            count.failed += not is_good
            count.interrupted += was_interrupted
            count.seconds += seconds

    @property
    def rows(self) -> int:
        return sum(count.done + count.failed for count in self.by_name.values())

    def write(self) -> None:
        """Add it to this minute's tallies; in the same order everywhere, so that none dead-lock."""
        with connection.cursor() as cursor:
            for name, count in sorted(self.by_name.items()):
                milliseconds = round(count.seconds * 1000)
                values = (name, count.done, count.failed, count.interrupted, milliseconds)
                cursor.execute(ADD + SUM_UP, values)
        self.by_name.clear()


def call(service: str, *, seconds: float, failed: bool = False) -> None:
    """Count one call to a service outside; never at the expense of what it answered."""
    counts = Counts()
    counts.add(f"service:{service}", seconds, is_good=not failed)
    try:
        counts.write()
    except Error as error:
        logger.warning("Could not write down a call to %s: %s", service, str(error).split("\n")[0])
        connection.close_if_unusable_or_obsolete()


def forget() -> None:
    """Fold old minutes into one row per name, so that the totals only ever grow."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD + SUM_UP, [BEGINNING, datetime.now(UTC) - KEPT, BEGINNING])
