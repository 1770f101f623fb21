"""Loads a register from its published file, all of it or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from crm.places.loading import digests
from crm.registers import generic
from crm.registers.decoding import CutFile
from crm.registers.formats.contract import Format, UnreadableRow
from crm.registers.formats.known import FORMATS
from crm.registers.merge import STAGE, Merged, merge
from crm.registers.models import Register
from crm.registers.refusal import NotLoaded
from crm.registers.rows import Rows
from crm.registers.taking import Taken, taken

BUNDLED = Path(__file__).parent / "bundled"
# Raised when the way of reading changes, so that the bundled files are read again.
READING = "1"
LOCK = 7_231_002


class TooFewEntries(NotLoaded):
    """The file has less than half of the entries that are loaded."""


class NothingTaken(NotLoaded):
    """Most rows of the file cannot be taken."""


class OlderFile(NotLoaded):
    """A newer file of the register is loaded."""


class UnknownDay(NotLoaded):
    """The file does not say of when it is, and nobody else did."""


class FutureDay(NotLoaded):
    """No file is of a day to come."""


@dataclass
class Outcome:
    """What came of a file."""

    register: Register
    merged: Merged
    refused: Counter[str]


@dataclass
class Reading:
    """A file on its way into the staging table."""

    rows: Rows
    refused: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    newest: date | None = None

    def taken(self) -> Iterator[Taken]:
        """The rows that can be taken; the others are counted by reason."""
        today, was_refused = timezone.localdate(), False
        for row in self.rows:
            try:
                entry = self._taken(row)
            except UnreadableRow as reason:
                self.refused[str(reason)] += 1
                was_refused = True
                continue
            was_refused = False
            self.numbers.add(entry.number)
            opened = entry.opened_date
            if opened and opened <= today and (self.newest is None or opened > self.newest):
                self.newest = opened
            yield entry
        if was_refused and self.rows.ends_open:
            raise CutFile(self.rows.path.name, f"its last line {self.rows.line} is not complete")

    def _taken(self, row: dict[str, str] | None) -> Taken:
        if row is None:
            raise UnreadableRow("too few columns")
        entry = taken(self.rows.form.read(row))
        if entry.number in self.numbers:
            raise UnreadableRow("number twice in the file")
        return entry


def load(
    form: Format,
    path: Path,
    *,
    as_of: date | None = None,
    encoding: str = "",
    allow_shrinking: bool = False,
    allow_older: bool = False,
) -> Outcome:
    """Make a register's entries those of a file; entries that are not in it become closed."""
    if as_of and as_of > timezone.localdate():
        raise FutureDay(
            f"{as_of} is still to come. Give the day on which {path.name} was published."
        )
    with transaction.atomic():
        _wait_for_others()
        before = Register.objects.filter(slug=form.slug).first()
        outcome = _load(form, Rows(form, path, encoding), as_of, allow_shrinking=allow_shrinking)
        if before and outcome.register.as_of < before.as_of and not allow_older:
            # Raised inside: what was merged is rolled back with it.
            raise OlderFile(
                f"{path.name} is of {outcome.register.as_of}, older than what is loaded"
                f" ({before.as_of}). Say --allow-older if that is meant."
            )
        generic.measure()
    return outcome


def load_bundled() -> list[Outcome]:
    """Load the bundled files that do not stand yet; a file that a person loaded is left alone."""
    if not _stale():
        return []
    with transaction.atomic():
        _wait_for_others()
        outcomes = []
        for form, digest in _stale():
            rows = Rows(form, BUNDLED / form.bundled)
            outcomes.append(_load(form, rows, form.bundled_as_of, digest=digest))
        generic.measure()
    return outcomes


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _stale() -> list[tuple[Format, str]]:
    known = dict(Register.objects.values_list("slug", "digest"))
    places = digests()
    wanted = [(form, _digest(BUNDLED / form.bundled, places)) for form in FORMATS]
    return [(form, new) for form, new in wanted if known.get(form.slug, "-") not in ("", new)]


def _digest(path: Path, places: str) -> str:
    return hashlib.sha256(f"{READING} {places} ".encode() + path.read_bytes()).hexdigest()


def _load(
    form: Format,
    rows: Rows,
    as_of: date | None,
    *,
    digest: str = "",
    allow_shrinking: bool = False,
) -> Outcome:
    reading = Reading(rows)
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY staged FROM STDIN") as copy:
            for entry in reading.taken():
                copy.write_row(entry)
        _check(form, reading, allow_shrinking=allow_shrinking)
        day = as_of or reading.newest or _bundled_day(form, rows.path)
        register, _ = Register.objects.update_or_create(
            slug=form.slug,
            defaults={
                "label": form.label,
                "publisher": form.publisher,
                "licence": form.licence,
                "attribution": form.attribution,
                "source_url": form.source_url,
                "as_of": day,
                "loaded_at": timezone.now(),
                "entries": len(reading.numbers),
                "digest": digest,
            },
        )
        return Outcome(register, merge(cursor, form.slug, day), reading.refused)


def _check(form: Format, reading: Reading, *, allow_shrinking: bool) -> None:
    found, file = len(reading.numbers), reading.rows.path.name
    if found < reading.refused.total():
        reasons = ", ".join(f"{why} {n:,} times" for why, n in reading.refused.most_common())
        raise NothingTaken(
            f"Most rows of {file} cannot be taken ({reasons}). "
            f"Check that it is the published file of the register {form.slug}."
        )
    if not found:
        raise NothingTaken(f"{file} has no entries. Download it again.")
    loaded = Register.objects.filter(slug=form.slug).values_list("entries", flat=True).first() or 0
    if found * 2 < loaded and not allow_shrinking:
        raise TooFewEntries(
            f"{file} has {found:,} entries, less than half of the {loaded:,} that are loaded. "
            "If that is right, load it with --allow-shrinking."
        )


def _bundled_day(form: Format, path: Path) -> date:
    """The day of a file that holds no dates but is the bundled one; its name does not matter."""
    if path.read_bytes() != (BUNDLED / form.bundled).read_bytes():
        # When it was saved would make an old file look fresh.
        raise UnknownDay(
            f"{path.name} does not say of when it is. "
            "Give the day on which it was published, like --as-of 2025-04-23."
        )
    return form.bundled_as_of
