"""What is told of a load while it goes on, and kept of it afterwards."""

import hashlib
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils import timezone

from crm.published import NoSuchFile
from crm.registers.models import Load
from crm.registers.reading import Refusals
from crm.registers.rows import READING

EVERY_SECONDS = 5.0
State = Load.State


class Diary:
    """One file's entry; begun under the lock, hence whoever runs besides has died.

    The same file once more goes on with the load that died; `given_up` are loads of other files
    that died: nobody will ever see what came with them.
    """

    def __init__(
        self, register: str, path: Path, reading: str, tell: Callable[[str], None]
    ) -> None:
        self.tell = tell
        digest = _digest(path, reading)
        died = list(Load.objects.filter(register=register, state=State.RUNNING).order_by("id"))
        again = [load for load in died if load.digest == digest][-1:]
        self.load = again[0] if again else Load(register=register, digest=digest)
        self.load.file = path.name[:300]
        self.load.save()
        self.given_up = [load for load in died if load.pk != self.load.pk]
        self._began = self._told = time.monotonic()
        if again:
            tell("Going on where the last load was interrupted.")

    def note(self, rows: int, share: float) -> None:
        """Say how far it is, now and then."""
        now = time.monotonic()
        if now - self._told < EVERY_SECONDS:
            return
        self._told = now
        percent = int(share * 100)
        Load.objects.filter(pk=self.load.pk).update(rows=rows, percent=percent)
        left = (now - self._began) * (1 - share) / share if share else 0
        self.tell(f"{rows:,} rows read, {percent} %, about {_long(left)} left")

    def end(self, day: date, rows: int, refusals: Refusals) -> None:
        """Keep what came of it; in the transaction that shows it."""
        counts = dict(refusals.reasons)
        close(self.load, State.DONE, as_of=day, rows=rows, percent=100, refused=counts)


def close(load: Load, state: str, **fields: object) -> None:
    """Keep how a load ended."""
    Load.objects.filter(pk=load.pk).update(state=state, ended_at=timezone.now(), **fields)


def _digest(path: Path, reading: str) -> str:
    try:
        with path.open("rb") as file:
            told = hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise NoSuchFile(path, error) from error
    # What was read in another way is not gone on with.
    return hashlib.sha256(READING + reading.encode() + told).hexdigest()


def _long(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes else f"{round(seconds)} s"
