"""Rows of a file on their way in: staged as they were read, then placed and keyed."""

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper

from crm.places import locate
from crm.registers import grid
from crm.registers.reading import Part

# As long as the session: a file comes in many parts, each in a transaction. Staged is the part at
# hand, held are the rows of numbers that stand already, unread the numbers of refused rows.
STAGE = """
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.held, pg_temp.unread, pg_temp.unseen;
    CREATE TEMPORARY TABLE staged (
        line integer, digest bigint, number text, name text, name_key text, trade text,
        more_trades text[], address text, premise text, town text, postcode text,
        longitude float8, latitude float8, phone text, email text, website text,
        company_number text, facts jsonb, status text, opened_date date, closed_date date
    );
    CREATE TEMPORARY TABLE held (LIKE pg_temp.staged);
    CREATE TEMPORARY TABLE unread (number text);
    CREATE TEMPORARY TABLE unseen (digest bigint)
"""
COLUMNS = (
    "number, name, name_key, trade, more_trades, address, premise, town, postcode, latitude,"
    " longitude, precision, cell, phone, email, website, company_number, facts, status, site_key,"
    " opened_date, closed_date, digest"
)
CELL = grid.CELL.format(latitude="point.latitude", longitude="point.longitude")
ELSEWHERE = ", ".join(f"'{area}'" for area in locate.ELSEWHERE)
# The point of the postcode first, the register's own second (unless it lies far off its outward
# code: a slip of the pen), the centre of the outward code last.
PLACED_OF = f"""
    SELECT s.number, s.name, s.name_key, s.trade, s.more_trades, s.address, s.premise,
        COALESCE(NULLIF(s.town, ''), NULLIF(o.town, ''), o.region, '') AS town,
        s.postcode, point.latitude, point.longitude, point.precision, {CELL} AS cell,
        s.phone, s.email, s.website, s.company_number, s.facts, s.status,
        CASE WHEN s.postcode = '' THEN '' ELSE s.name_key || '|' || s.postcode
            || CASE WHEN g.name_key IS NULL THEN '' ELSE '|' || s.premise END END AS site_key,
        s.opened_date, s.closed_date, s.digest, s.line
    FROM {{rows}} s
    LEFT JOIN places_fullpostcode p ON p.text = s.postcode
    LEFT JOIN places_outward o ON o.code = split_part(s.postcode, ' ', 1)
        AND left(o.code, 2) NOT IN ({ELSEWHERE})
    LEFT JOIN registers_genericname g ON g.name_key = s.name_key
    CROSS JOIN LATERAL (SELECT s.latitude IS NOT NULL AND (o.latitude IS NULL OR (
        abs(s.latitude - o.latitude) < 0.5 AND abs(s.longitude - o.longitude) < 0.9)) AS is_near
    ) own
    CROSS JOIN LATERAL (SELECT
        CASE WHEN p.text IS NOT NULL THEN p.latitude WHEN own.is_near THEN s.latitude
            ELSE o.latitude END AS latitude,
        CASE WHEN p.text IS NOT NULL THEN p.longitude WHEN own.is_near THEN s.longitude
            ELSE o.longitude END AS longitude,
        CASE WHEN p.text IS NOT NULL THEN 'postcode' WHEN own.is_near THEN 'exact'
            WHEN o.latitude IS NOT NULL THEN 'outward' ELSE '' END AS precision
    ) point
"""
PLACED = PLACED_OF.format(rows="staged")
PLACED_HELD = PLACED_OF.format(rows="held")


def begin(cursor: CursorWrapper) -> None:
    """Have the tables, empty."""
    cursor.execute(STAGE)


def put(cursor: CursorWrapper, part: Part) -> None:
    """Stage some rows, and remember which numbers could not be read."""
    _copy(cursor, "staged", part.taken)
    if part.unread:
        _copy(cursor, "unread", ((number,) for number in part.unread))


def clear(cursor: CursorWrapper) -> None:
    """Forget what is staged."""
    cursor.execute("TRUNCATE pg_temp.staged")


def put_unseen(cursor: CursorWrapper, digests: Iterable[int]) -> None:
    """Say which of the entries that stand the file did not show as they are."""
    _copy(cursor, "unseen", ((digest,) for digest in digests))
    cursor.execute("CREATE INDEX ON pg_temp.unseen (digest); ANALYZE pg_temp.unseen")


def _copy(cursor: CursorWrapper, table: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(f"COPY pg_temp.{table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
