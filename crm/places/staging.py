"""A published list beside the table of postcodes, and from there into it.

All of it happens in the transaction of whoever calls: searches see the old list until the new one
is there as a whole.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

# Lines that go to the server at once.
AT_ONCE = 2_000
STAGE = [
    # The list is larger than what a query may keep in memory otherwise.
    "SET LOCAL work_mem = '48MB'",
    "SET LOCAL jit = off",
    "DROP TABLE IF EXISTS pg_temp.staged_postcodes",
    """
    CREATE TEMPORARY TABLE staged_postcodes (
        text varchar(8), latitude float8, longitude float8, ended date
    ) ON COMMIT DROP
    """,
]
HELD = "SELECT count(*), count(ended), count(*) - count(latitude) FROM staged_postcodes"
# Of two rows of one postcode the one in use counts, then the one that ended last.
SINGLE = """
    DELETE FROM staged_postcodes s USING (
        SELECT ctid, row_number() OVER (
            PARTITION BY text ORDER BY ended DESC NULLS FIRST, latitude, longitude
        ) AS place
        FROM staged_postcodes WHERE text IN (
            SELECT text FROM staged_postcodes GROUP BY text HAVING count(*) > 1
        )
    ) again WHERE s.ctid = again.ctid AND again.place > 1
"""
# Areas of which the list has less than half of the postcodes that are known to be in use.
SHRUNK = """
    SELECT area, known, listed FROM (
        SELECT rtrim(left(text, 2), '0123456789') AS area,
            count(*) FILTER (WHERE ended IS NULL) AS listed FROM staged_postcodes GROUP BY 1
    ) s JOIN (
        SELECT rtrim(left(text, 2), '0123456789') AS area, count(*) AS known
        FROM places_fullpostcode WHERE ended IS NULL GROUP BY 1
    ) f USING (area) WHERE listed * 2 < known ORDER BY known - listed DESC, area
"""
MOVE = """
    UPDATE places_fullpostcode f SET latitude = COALESCE(s.latitude, f.latitude),
        longitude = COALESCE(s.longitude, f.longitude), ended = s.ended
    FROM staged_postcodes s WHERE s.text = f.text AND (f.latitude, f.longitude, f.ended)
        IS DISTINCT FROM (COALESCE(s.latitude, f.latitude), COALESCE(s.longitude, f.longitude),
            s.ended)
"""
ADD = """
    INSERT INTO places_fullpostcode (text, latitude, longitude, ended)
    SELECT text, latitude, longitude, ended FROM staged_postcodes s WHERE latitude IS NOT NULL
    AND NOT EXISTS (SELECT FROM places_fullpostcode f WHERE f.text = s.text) ORDER BY text
"""
# What a list of its area no longer has is in use no more; of other areas it says nothing.
END = """
    UPDATE places_fullpostcode f SET ended = %s
    WHERE ended IS NULL AND rtrim(left(f.text, 2), '0123456789') IN (
        SELECT DISTINCT rtrim(left(text, 2), '0123456789') FROM staged_postcodes
    ) AND NOT EXISTS (SELECT FROM staged_postcodes s WHERE s.text = f.text)
"""


class Held(NamedTuple):
    """How many different postcodes are staged, how many of them ended and how many lie nowhere."""

    postcodes: int
    ended: int
    nowhere: int


class Merged(NamedTuple):
    """How many postcodes a list added, moved (or ended, or brought back), and has no longer."""

    added: int
    changed: int
    vanished: int


class Shrunk(NamedTuple):
    """An area of which a list has far less than is known."""

    area: str
    known: int
    listed: int


def stage(cursor: CursorWrapper, lines: Iterable[str]) -> Iterator[int]:
    """Write lines of COPY into the staging table; how many are there, as they come."""
    for statement in STAGE:
        cursor.execute(statement)
    written = 0
    with cursor.copy("COPY staged_postcodes FROM STDIN") as copy:
        lines = iter(lines)
        while some := list(islice(lines, AT_ONCE)):
            copy.write("".join(some))
            written += len(some)
            yield written
    cursor.execute("ANALYZE staged_postcodes")


def single(cursor: CursorWrapper) -> int:
    """Leave one row of each postcode; how many were too many."""
    cursor.execute(SINGLE)
    return cursor.rowcount


def held(cursor: CursorWrapper) -> Held:
    """What is staged, counted."""
    cursor.execute(
        "SELECT count(*), count(ended), count(*) - count(latitude) FROM staged_postcodes"
    )
    return Held(*cursor.fetchone())


def shrunk(cursor: CursorWrapper) -> list[Shrunk]:
    """The areas that would lose most of their postcodes."""
    cursor.execute(SHRUNK)
    return [Shrunk(*row) for row in cursor.fetchall()]


def merge(cursor: CursorWrapper, as_of: date) -> Merged:
    """Bring the table of postcodes to what is staged; what is unchanged is not written."""
    counts = []
    for statement, values in ((ADD, None), (MOVE, None), (END, [as_of])):
        cursor.execute(statement, values)
        counts.append(cursor.rowcount)
    return Merged(*counts)
