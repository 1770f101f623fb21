"""A file read in a thread of its own, so that the database works while the next rows are read."""

import csv
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from queue import Full, Queue
from typing import NamedTuple, Self, TextIO

from django.utils import timezone

from crm.published import CutFile, NotLoaded
from crm.registers.formats.contract import UnreadableRow
from crm.registers.known import Known, Meeting
from crm.registers.rows import Row, Rows
from crm.registers.taking import Taken, taken
from crm.registers.words import cleaned

# A part is what is taken at once; so many wait at most.
PART, WAITING = 10_000, 2
# Lines that are named for each reason; the file of refused rows has them all.
EXAMPLES = 3
TWICE = "number twice in the file"


class NotWritable(NotLoaded):
    """Refused rows cannot be kept where somebody wants them."""


class Refusals:
    """The rows that cannot be taken: how many for which reason, and a few lines of each."""

    def __init__(self, path: Path | None, of: Path) -> None:
        """Write all of them to a CSV file, too, if one is named beside the one that is read."""
        self.reasons: Counter[str] = Counter()
        self.lines: dict[str, list[int]] = {}
        self._file = _opened(path, of) if path else None
        self._table = csv.writer(self._file) if self._file else None
        if self._table:
            self._table.writerow(["line", "reason", "row"])

    def add(self, line: int, reason: str, fields: Sequence[str] = ()) -> None:
        """Add a row, of which the fields may be known no more."""
        self.reasons[reason] += 1
        lines = self.lines.setdefault(reason, [])
        if len(lines) < EXAMPLES:
            lines.append(line)
        if self._table:
            self._table.writerow([line, reason, *fields])

    def close(self) -> None:
        if self._file:
            self._file.close()

    @property
    def total(self) -> int:
        return self.reasons.total()


class Part(NamedTuple):
    """What is written at once, and the numbers of rows that cannot be taken: nothing is known of
    what they are now, least of all that they are closed.
    """

    taken: list[Taken]
    unread: list[str]


class Reading:
    """The parts of a file: the rows to be written, while those that stand are only counted.

    `found` counts what can be taken, whether it stands or not; `newest` is the latest opening day.
    """

    def __init__(self, rows: Rows, known: Known, refusals: Refusals) -> None:
        self.rows, self.known, self.refusals = rows, known, refusals
        self.found = 0
        self.read = 0
        self.newest: date | None = None
        # Whether the row that was read last cannot be read whole, and its number.
        self._is_odd, self._number = False, ""
        self._today = timezone.localdate()
        self._queue: Queue[Part | BaseException | None] = Queue(maxsize=WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self._stop.set()
        self._thread.join()

    def __iter__(self) -> Iterator[Part]:
        while (part := self._queue.get()) is not None:
            if isinstance(part, BaseException):
                raise part
            yield part

    def _run(self) -> None:
        try:
            for part in self._parts():
                self._put(part)
            self._put(None)
        except Stopped:
            return
        except BaseException as error:
            self._put(error)

    def _put(self, part: Part | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                return self._queue.put(part, timeout=0.2)
            except Full:
                continue
        raise Stopped

    def _parts(self) -> Iterator[Part]:
        part = Part([], [])
        numbers: set[str] = set()
        meet, refuse = self.known.meet, self.refusals.add
        for row in self.rows:
            self.read += 1
            self._is_odd = False
            met = Meeting.STRANGE if row.fields is None else meet(row.digest)
            if met is Meeting.KNOWN:
                self.found += 1
            elif met is Meeting.AGAIN:
                refuse(row.line, TWICE, row.fields or ())
            else:
                try:
                    entry = self._taken(row)
                except UnreadableRow as reason:
                    refuse(row.line, str(reason), row.fields or ())
                    part.unread.append(self._number)
                    self._is_odd = True
                else:
                    # Across parts the database tells.
                    if entry.number in numbers:
                        self.found -= 1
                        refuse(row.line, TWICE, row.fields or ())
                    else:
                        numbers.add(entry.number)
                        part.taken.append(entry)
            # Also where nothing is new: whoever waits shows how far it is.
            if len(part.taken) == PART or self.read % (PART * 10) == 0:
                yield part
                part = Part([], [])
                numbers.clear()
        if self._is_odd and self.rows.ends_open:
            raise CutFile(self.rows.path.name, f"its last line {self.rows.line} is not complete")
        yield part

    def _taken(self, row: Row) -> Taken:
        self._number = ""
        if row.fields is None:
            raise UnreadableRow("too few columns")
        named = self.rows.named(row.fields)
        try:
            draft = self.rows.form.read(named)
        except UnreadableRow:
            self._number = cleaned(self.rows.form.number_of(named))
            raise
        self._number = cleaned(draft.number)
        entry = taken(draft, row.line, row.digest)
        self.found += 1
        # Half a postcode is none.
        self._is_odd = self.rows.last == "postcode" and not entry.postcode
        opened = entry.opened_date
        if opened and opened <= self._today and (self.newest is None or opened > self.newest):
            self.newest = opened
        return entry


def _opened(path: Path, of: Path) -> TextIO:
    try:
        if path.exists() and path.samefile(of):
            raise NotWritable(f"{path} is the file that is loaded. Name another one.")
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise NotWritable(f"{path} cannot be written: {error.strerror or error}.") from error


class Stopped(Exception):
    """Nobody waits for more."""
