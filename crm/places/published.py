"""Loads a published list of postcodes, all of it or nothing.

Two are known (`lists`). The newest list that was loaded says where a postcode lies and whether it
is in use; nothing is ever taken off, since older registers name postcodes that have ended, and
Code-Point Open leaves out Northern Ireland. The bundled postcodes never go before either.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from crm.places import files, lists, outwards, staging
from crm.places.loading import LOCK, READING
from crm.places.models import Loaded
from crm.places.reading import Reading
from crm.published import NotLoaded


class OlderList(NotLoaded):
    """A newer one stands already."""


class NothingTaken(NotLoaded):
    """The rows are not those of a list of postcodes."""


class TooFewPostcodes(NotLoaded):
    """Part of the list is missing."""


class UnknownDay(NotLoaded):
    """It cannot be told of when the list is."""


@dataclass(frozen=True)
class Outcome:
    """What a list held and what it changed."""

    label: str
    as_of: date
    rows: int
    held: staging.Held
    merged: staging.Merged
    centres: int
    refused: Counter[str] = field(default_factory=Counter)


def load(
    path: Path,
    *,
    as_of: date | None = None,
    allow_older: bool = False,
    allow_shrinking: bool = False,
    tell: Callable[[int], object] = lambda rows: None,
) -> Outcome | None:
    """Load a list from its file; nothing is done and None returned when it stands already.

    `tell` hears again and again how many rows were read.
    """
    with files.tables(path) as tables:
        found = lists.find(tables, path.name)
        digest = f"{READING.decode()} {files.digest(path)}"[:64]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            newest = Loaded.objects.filter(as_of__isnull=False).order_by("-as_of", "-at").first()
            if newest and (newest.name, newest.digest) == (found.kind, digest):
                return None
            reading = Reading()
            for _ in staging.stage(cursor, found.rows(reading)):
                tell(reading.rows)
            if twice := staging.single(cursor):
                reading.refused["listed twice"] += twice
            held = staging.held(cursor)
            _check_rows(path.name, held, reading)
            day = as_of or found.day or _month(reading.newest)
            if day is None:
                raise UnknownDay(
                    f"{path.name} does not say of when it is. "
                    "Give the day on which it was published, like --as-of 2025-02-01."
                )
            if newest and newest.as_of and day < newest.as_of and not allow_older:
                raise OlderList(
                    f"{path.name} is of {day:%-d %B %Y}, older than the list of "
                    f"{newest.as_of:%-d %B %Y} that is loaded. "
                    "If that is right, load it with --allow-older."
                )
            if not allow_shrinking:
                _check_size(cursor, path.name)
            merged = staging.merge(cursor, day)
            Loaded(
                name=found.kind, digest=digest, rows=held.postcodes, at=timezone.now(), as_of=day
            ).save()
            centres = outwards.complete(cursor)
            return Outcome(found.label, day, reading.rows, held, merged, centres, reading.refused)


def _check_rows(file: str, held: staging.Held, reading: Reading) -> None:
    if not reading.rows:
        raise NothingTaken(f"{file} has no postcodes. Download it again.")
    if held.postcodes < reading.refused.total():
        reasons = ", ".join(f"{why} {n:,} times" for why, n in reading.refused.most_common())
        raise NothingTaken(
            f"Most rows of {file} cannot be taken ({reasons}). Load the list as it was published."
        )


def _check_size(cursor: CursorWrapper, file: str) -> None:
    if areas := staging.shrunk(cursor):
        first = areas[0]
        others = f" and {len(areas) - 1} more areas" if len(areas) > 1 else ""
        raise TooFewPostcodes(
            f"{file} has {first.listed:,} postcodes of {first.area}{others}, less than half of the "
            f"{first.known:,} that are known. If that is right, load it with --allow-shrinking."
        )


def _month(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:]), 1) if text else None
