"""A staged file into the table of entries: what is new, what changed, what vanished."""

from datetime import date
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

STAGE = """
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.prepared;
    CREATE TEMPORARY TABLE staged (
        number text, name text, name_key text, sort_key text, trade text, address text,
        premise text, town text, postcode text, outward text, longitude float8, latitude float8,
        phone text, status text, opened_date date, closed_date date
    ) ON COMMIT DROP
"""
# The point of the postcode first, the register's own second (unless it lies far off its outward
# code: a slip of the pen), the centre of the outward code last.
PREPARE = """
    CREATE TEMPORARY TABLE prepared ON COMMIT DROP AS
    SELECT s.number, s.name, s.name_key, s.sort_key COLLATE "C" AS sort_key, s.trade, s.address,
        s.premise, COALESCE(NULLIF(s.town, ''), NULLIF(o.town, ''), o.region, '') AS town,
        s.postcode, s.outward, s.phone, s.status, s.opened_date, s.closed_date,
        CASE WHEN p.text IS NOT NULL THEN p.latitude WHEN own.is_near THEN s.latitude
            ELSE o.latitude END AS latitude,
        CASE WHEN p.text IS NOT NULL THEN p.longitude WHEN own.is_near THEN s.longitude
            ELSE o.longitude END AS longitude,
        CASE WHEN p.text IS NOT NULL THEN 'postcode' WHEN own.is_near THEN 'exact'
            WHEN o.latitude IS NOT NULL THEN 'outward' ELSE '' END AS precision,
        s.name_key || '|' || s.postcode
            || CASE WHEN g.name_key IS NULL THEN '' ELSE '|' || s.premise END AS site_key
    FROM staged s
    LEFT JOIN places_fullpostcode p ON p.text = s.postcode
    LEFT JOIN places_outward o ON o.code = s.outward
    LEFT JOIN registers_genericname g ON g.name_key = s.name_key
    CROSS JOIN LATERAL (SELECT s.latitude IS NOT NULL AND (o.latitude IS NULL OR (
        abs(s.latitude - o.latitude) < 0.5 AND abs(s.longitude - o.longitude) < 0.9)) AS is_near
    ) own
"""
CHANGE = """
    UPDATE registers_registerentry e SET name = n.name, name_key = n.name_key,
        sort_key = n.sort_key, trade = n.trade, address = n.address, premise = n.premise,
        town = n.town, postcode = n.postcode, outward = n.outward, phone = n.phone,
        status = n.status, opened_date = n.opened_date, closed_date = n.closed_date,
        latitude = n.latitude, longitude = n.longitude, precision = n.precision,
        site_key = n.site_key
    FROM prepared n
    WHERE e.register_id = %(register)s AND e.number = n.number
    AND (e.name, e.trade, e.address, e.premise, e.town, e.postcode, e.phone, e.status,
        e.opened_date, e.closed_date, e.latitude, e.longitude, e.precision, e.site_key,
        e.sort_key)
    IS DISTINCT FROM (n.name, n.trade, n.address, n.premise, n.town, n.postcode, n.phone,
        n.status, n.opened_date, n.closed_date, n.latitude, n.longitude, n.precision, n.site_key,
        n.sort_key)
"""
SEE_AGAIN = """
    UPDATE registers_registerentry e SET last_seen = %(as_of)s FROM prepared n
    WHERE e.register_id = %(register)s AND e.number = n.number AND e.last_seen < %(as_of)s
"""
ADD = """
    INSERT INTO registers_registerentry (register_id, number, name, name_key, sort_key, trade,
        address, premise, town, postcode, outward, phone, status, opened_date, closed_date,
        latitude, longitude, precision, site_key, first_seen, last_seen)
    SELECT %(register)s, number, name, name_key, sort_key, trade, address, premise, town, postcode,
        outward, phone, status, opened_date, closed_date, latitude, longitude, precision, site_key,
        %(as_of)s, %(as_of)s
    FROM prepared n WHERE NOT EXISTS (SELECT FROM registers_registerentry e
        WHERE e.register_id = %(register)s AND e.number = n.number)
"""
CLOSE = """
    UPDATE registers_registerentry e SET status = 'closed'
    WHERE e.register_id = %(register)s AND e.status <> 'closed'
    AND NOT EXISTS (SELECT FROM prepared n WHERE n.number = e.number)
"""


class Merged(NamedTuple):
    """How many entries a file added, changed and closed, and how many it leaves without a place."""

    added: int
    changed: int
    closed: int
    nowhere: int


def merge(cursor: CursorWrapper, register: str, as_of: date) -> Merged:
    """Bring the entries of a register to what is staged; what is unchanged is not written."""
    cursor.execute("ANALYZE staged")
    cursor.execute(PREPARE)
    cursor.execute("ANALYZE prepared")
    what: dict[str, str | date] = {"register": register, "as_of": as_of}
    counts = []
    for statement in (CHANGE, SEE_AGAIN, ADD, CLOSE):
        cursor.execute(statement, what)
        counts.append(cursor.rowcount)
    cursor.execute("SELECT count(*) FROM prepared WHERE precision = ''")
    changed, _seen_again, added, closed = counts
    return Merged(added, changed, closed, nowhere=cursor.fetchone()[0])
