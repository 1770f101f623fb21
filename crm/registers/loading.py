"""Loads a register from its published file.

Searches see all of a file or nothing. Entries of new numbers go straight into the table, part by
part, unseen until their load is done; what else a file changed is held back and written in the
transaction that shows them. A load that was killed is started again: rows that came in by then are
known by their digests and cost a look.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from crm.one_at_a_time import one_at_a_time
from crm.published import NotLoaded
from crm.registers import days, generic, merge, staging
from crm.registers import diary as diaries
from crm.registers.diary import Diary
from crm.registers.formats.contract import Format
from crm.registers.known import Known
from crm.registers.merge import Merged, News
from crm.registers.models import Load, Register, RegisterEntry
from crm.registers.reading import TWICE, Reading, Refusals
from crm.registers.rows import Rows

# Files that link to one another are taken in one after the other.
LOCK = 7_231_002
WAITS = "Another register is being loaded; waiting for that to end."
# Rows of a load that was given up are deleted so many at a time.
DELETED = 50_000


class TooFewEntries(NotLoaded):
    """The file has less than half of the entries that are loaded."""


class NothingTaken(NotLoaded):
    """Most rows of the file cannot be taken."""


@dataclass(frozen=True)
class Wishes:
    """What whoever loads a file says of it; `digest` is that of a bundled one.

    `more_follow`: the names that say nothing are measured after the last.
    """

    as_of: date | None = None
    encoding: str = ""
    allow_shrinking: bool = False
    allow_older: bool = False
    refused_to: Path | None = None
    digest: str = ""
    more_follow: bool = False


AS_IT_IS = Wishes()


@dataclass
class Outcome:
    """What came of a file. `lines` names a few refused ones by reason, `lacking` the columns that
    the file does not have, `nowhere` counts entries without a place.
    """

    register: Register
    merged: Merged
    refused: Counter[str]
    lines: dict[str, list[int]]
    lacking: list[str]
    nowhere: int


def load(
    form: Format,
    path: Path,
    wishes: Wishes = AS_IT_IS,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Make a register's entries those of a file; entries that are not in it become closed.

    `tell` hears every few seconds how far it is. Raises NotLoaded; then nothing has changed.
    """
    days.refuse_future(wishes.as_of, path)
    with one_at_a_time(LOCK, tell, WAITS):
        diary = Diary(form.slug, path, wishes.encoding + form.reading, tell)
        for load_ in diary.given_up:
            _discard(load_, Load.State.INTERRUPTED)
        try:
            return _Loading(form, Rows(form, path, wishes.encoding), wishes, diary).run()
        except NotLoaded as refusal:
            _discard(diary.load, Load.State.REFUSED, outcome=str(refusal))
            raise


class _Loading:
    """One file on its way."""

    def __init__(self, form: Format, rows: Rows, wishes: Wishes, diary: Diary) -> None:
        self.form, self.rows, self.wishes, self.diary = form, rows, wishes, diary
        self.load = diary.load
        self.before = Register.objects.filter(slug=form.slug, loaded_at__isnull=False).first()
        self.refusals = Refusals(wishes.refused_to, rows.path)
        self.reading = Reading(rows, Known.of(form.slug), self.refusals)
        # Those that came in before it was killed are news as well.
        self.added = RegisterEntry.objects.filter(came_with=self.load).count()

    def run(self) -> Outcome:
        """Take the file in."""
        if self.before is None:
            # For its entries to belong to.
            self._describe(days.UNKNOWN, None)
        with closing(self.refusals), connection.cursor() as cursor:
            staging.begin(cursor)
            with self.reading as parts:
                for part in parts:
                    with transaction.atomic():
                        staging.put(cursor, part)
                        added = merge.add(cursor, self.form.slug, self.load.pk)
                    self.added += added
                    self.diary.note(self.reading.read, self.rows.share)
            with transaction.atomic():
                return self._finish(cursor)

    def _finish(self, cursor: CursorWrapper) -> Outcome:
        slug, known = self.form.slug, self.reading.known
        # Millions are sorted and looked up at once, by one connection.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        staging.put_unseen(cursor, known.unseen())
        for line in merge.twice(cursor, slug, self.load.pk):
            self.refusals.add(line, TWICE)
            self.reading.found -= 1
        self._check()
        day = days.of_file(self.form, self.rows.path, self.wishes.as_of, self.reading)
        if self.before and not self.wishes.allow_older:
            days.refuse_older(day, self.before.as_of, self.rows.path)
        news = self._news(day)
        merged = merge.merge(cursor, news)._replace(added=self.added)
        merge.show(cursor, news, self.added)
        register = self._describe(day, timezone.now())
        self.diary.end(day, self.reading.read, self.refusals)
        # Names that are unique by law are not among those that are measured.
        if not self.wishes.more_follow and not self.form.names_are_unique:
            generic.measure()
        return self._outcome(register, merged)

    def _news(self, day: date) -> News:
        before, form = self.before, self.form
        if before is None:
            return News(form.slug, self.load.pk, day, None, is_news=False)
        is_of_part = before.digest and form.bundled_is_extract and not self.wishes.digest
        is_news = not is_of_part and day > before.as_of
        return News(form.slug, self.load.pk, day, before.as_of, is_news=is_news)

    def _check(self) -> None:
        found, refused, file = self.reading.found, self.refusals, self.rows.path.name
        if found < refused.total:
            reasons = ", ".join(f"{why} {n:,} times" for why, n in refused.reasons.most_common())
            raise NothingTaken(
                f"Most rows of {file} cannot be taken ({reasons}). "
                f"Check that it is the published file of the register {self.form.slug}."
            )
        if not found:
            raise NothingTaken(f"{file} has no entries. Download it again.")
        loaded = self.before.entries if self.before else 0
        if found * 2 < loaded and not self.wishes.allow_shrinking:
            raise TooFewEntries(
                f"{file} has {found:,} entries, less than half of the {loaded:,} that are loaded. "
                "If that is right, load it with --allow-shrinking."
            )

    def _describe(self, day: date, loaded_at: datetime | None) -> Register:
        form = self.form
        register, _ = Register.objects.update_or_create(
            slug=form.slug,
            defaults={
                "label": form.label,
                "publisher": form.publisher,
                "licence": form.licence,
                "attribution": form.attribution,
                "source_url": form.source_url,
                "names_are_unique": form.names_are_unique,
                "as_of": day,
                "loaded_at": loaded_at,
                "entries": self.reading.found,
                "digest": self.wishes.digest,
            },
        )
        return register

    def _outcome(self, register: Register, merged: Merged) -> Outcome:
        listed = RegisterEntry.objects.filter(register=register, last_seen=None)
        return Outcome(
            register,
            merged,
            self.refusals.reasons,
            self.refusals.lines,
            self.rows.lacking,
            nowhere=listed.filter(cell=None).count(),
        )


def _discard(load_: Load, state: str, **fields: str) -> None:
    """Delete what came with a load, which nobody has seen, and keep how it ended."""
    entries = RegisterEntry.objects.filter(came_with=load_)
    while some := list(entries.values_list("pk", flat=True)[:DELETED]):
        RegisterEntry.objects.filter(pk__in=some)._raw_delete("default")
    # Another load that died may have left entries of it.
    if not RegisterEntry.objects.filter(register=load_.register).exists():
        Register.objects.filter(slug=load_.register, loaded_at=None).delete()
    diaries.close(load_, state, **fields)
