"""Fills the tables of places from the bundled files; costs nothing when they stand already."""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from crm.places import outwards
from crm.places.models import FullPostcode, Loaded, Outward

BUNDLED = Path(__file__).parent / "bundled"
# Raised when the way of reading changes, so that the tables are filled again.
READING = b"1"
LOCK = 7_231_001
BESIDE = "CREATE TEMPORARY TABLE bundled (LIKE places_fullpostcode) ON COMMIT DROP"
ADD = "INSERT INTO places_fullpostcode SELECT * FROM bundled ON CONFLICT DO NOTHING"


class Source(NamedTuple):
    """A bundled file, the table that it fills, and which of its columns go where."""

    file: str
    table: type[Outward | FullPostcode]
    columns: dict[str, str]


SOURCES = [
    Source(
        "postcodes.csv.gz",
        Outward,
        {
            "code": "postcode",
            "latitude": "latitude",
            "longitude": "longitude",
            "town": "town",
            "region": "region",
            "country": "country_string",
        },
    ),
    Source(
        "le_latlon.csv.gz",
        FullPostcode,
        {"text": "postcode", "latitude": "lat", "longitude": "lon"},
    ),
]


def load() -> list[Loaded]:
    """Make the tables hold the bundled files; give the lists that nobody has followed yet.

    Where a published list was loaded, the bundled postcodes add what that does not have and
    change nothing: it is newer and fuller than they are.
    """
    lists = list(Loaded.objects.all())
    if _stale(lists):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            for source, digest in _stale(list(Loaded.objects.all())):
                _fill(source, digest)
            lists = list(Loaded.objects.all())
    return [each for each in lists if not each.followed]


def _stale(lists: list[Loaded]) -> list[tuple[Source, str]]:
    known = {each.name: each.digest for each in lists}
    wanted = [(source, _digest(BUNDLED / source.file)) for source in SOURCES]
    return [(source, digest) for source, digest in wanted if known.get(source.file) != digest]


def _digest(path: Path) -> str:
    return hashlib.sha256(READING + path.read_bytes()).hexdigest()


def _fill(source: Source, digest: str) -> None:
    is_fuller = Loaded.objects.filter(as_of__isnull=False).exists()
    adds = is_fuller and source.table is FullPostcode
    into = "bundled" if adds else source.table._meta.db_table
    with connection.cursor() as cursor:
        if adds:
            cursor.execute(BESIDE)
        else:
            source.table.objects.all().delete()
        rows = 0
        with cursor.copy(f"COPY {into} ({', '.join(source.columns)}) FROM STDIN") as copy:
            for row in _rows(source):
                copy.write_row(row)
                rows += 1
        if adds:
            cursor.execute(ADD)
            cursor.execute("DROP TABLE bundled")
        elif is_fuller:
            outwards.complete(cursor)
    Loaded(name=source.file, digest=digest, rows=rows, at=timezone.now()).save()


def _rows(source: Source) -> Iterator[list[str | float | None]]:
    with gzip.open(BUNDLED / source.file, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            values = [_value(ours, row.get(theirs)) for ours, theirs in source.columns.items()]
            # An outward code without a centre is still worth knowing; a postcode is not.
            if source.table is Outward or None not in values:
                yield values


def _value(column: str, text: str | None) -> str | float | None:
    text = (text or "").strip()
    if column == "latitude":
        # Lists write 0 for "nowhere"; nothing in the UK is on the equator.
        return float(text or 0) or None
    if column == "longitude":
        return float(text) if text else None
    return text
