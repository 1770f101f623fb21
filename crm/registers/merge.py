"""A file into the table of entries: what is new, what changed, what vanished."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from crm.registers import links, spots, staging
from crm.registers.staging import COLUMNS, PLACED, PLACED_HELD

# A company that is listed so much later than it was founded did not open since the last file.
LATE = timedelta(days=100)
MANY = 20_000

# New numbers go straight in; nobody sees them before their load is done. The rest is held back.
ADD = f"""
    WITH added AS (
        INSERT INTO registers_registerentry (register_id, {COLUMNS}, came_with_id)
        SELECT %(register)s, {COLUMNS}, %(load)s FROM ({PLACED}) placed ORDER BY line
        ON CONFLICT (register_id, number) DO NOTHING
        RETURNING number
    ), kept AS (
        INSERT INTO held SELECT s.* FROM staged s
        WHERE NOT EXISTS (SELECT FROM added a WHERE a.number = s.number)
    )
    SELECT count(*) FROM added
"""
# Of several rows of one number the first counts: the one that stands, that came in, or is held.
TWICE = """
    DELETE FROM held h USING registers_registerentry e
    WHERE e.register_id = %(register)s AND e.number = h.number AND e.last_seen IS NULL
    AND (e.came_with_id = %(load)s
        OR NOT EXISTS (SELECT FROM unseen u WHERE u.digest = e.digest))
    RETURNING h.line
"""
HELD_TWICE = """
    DELETE FROM held h USING held earlier
    WHERE earlier.number = h.number AND earlier.line < h.line
    RETURNING h.line
"""
PREPARE = f"""
    DROP TABLE IF EXISTS pg_temp.prepared, pg_temp.touched, pg_temp.gone;
    CREATE TEMPORARY TABLE prepared ON COMMIT DROP AS {PLACED_HELD};
    ANALYZE pg_temp.prepared
"""
GONE = """
    CREATE TEMPORARY TABLE gone ON COMMIT DROP AS
    SELECT e.id FROM registers_registerentry e
    WHERE e.register_id = %(register)s AND e.last_seen IS NULL
    AND e.digest IN (SELECT digest FROM unseen)
    AND NOT EXISTS (SELECT FROM prepared n WHERE n.number = e.number)
    AND NOT EXISTS (SELECT FROM unread u WHERE u.number = e.number)
"""
# Most changes are of facts: whoever stands where it stood keeps its spots and its links.
OLD = """
    CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
    SELECT e.id,
        (e.trade, e.more_trades::text[], e.cell, e.latitude, e.longitude, e.precision, e.status)
            IS DISTINCT FROM
        (n.trade, n.more_trades, n.cell, n.latitude, n.longitude, n.precision, n.status)
            AS lies_anew,
        (e.site_key, e.company_number) IS DISTINCT FROM (n.site_key, n.company_number) AS is_other
    FROM registers_registerentry e
    JOIN prepared n ON n.number = e.number WHERE e.register_id = %(register)s
"""
COUNT = "ANALYZE pg_temp.touched, pg_temp.gone"
TELL = """
    INSERT INTO registers_change (register_id, entry_id, kind, "on", before)
    SELECT %(register)s, e.id, said.kind, %(as_of)s, said.before
    FROM touched t JOIN registers_registerentry e ON e.id = t.id
    JOIN prepared n ON n.number = e.number
    CROSS JOIN LATERAL (VALUES
        ('closed', e.status = 'active' AND n.status = 'closed', '{}'::jsonb),
        ('reopened', e.status = 'closed' AND n.status = 'active',
            jsonb_strip_nulls(jsonb_build_object('closed', e.closed_date))),
        ('moved', e.postcode <> n.postcode AND (e.postcode <> '' AND n.postcode <> ''
            OR e.address <> n.address AND e.address <> '' AND n.address <> ''),
            jsonb_build_object('address', e.address, 'town', e.town, 'postcode', e.postcode)),
        ('renamed', e.name <> n.name AND e.name_key <> n.name_key,
            jsonb_build_object('name', e.name)),
        ('standing', e.status = n.status AND COALESCE(e.facts->>'status', '')
            <> COALESCE(n.facts->>'status', ''),
            jsonb_build_object('status', COALESCE(e.facts->>'status', '')))
    ) said(kind, is_so, before)
    WHERE said.is_so
"""
CHANGE = """
    UPDATE registers_registerentry e SET name = n.name, name_key = n.name_key, trade = n.trade,
        more_trades = n.more_trades, address = n.address, premise = n.premise, town = n.town,
        postcode = n.postcode, latitude = n.latitude, longitude = n.longitude,
        precision = n.precision, cell = n.cell, phone = n.phone, email = n.email,
        website = n.website, company_number = n.company_number, facts = n.facts,
        status = n.status, site_key = n.site_key, opened_date = n.opened_date,
        closed_date = n.closed_date, digest = n.digest, last_seen = NULL
    FROM prepared n WHERE e.register_id = %(register)s AND e.number = n.number
"""
TELL_NEW = """
    INSERT INTO registers_change (register_id, entry_id, kind, "on", before)
    SELECT %(register)s, id, CASE WHEN COALESCE(opened_date >= %(late)s, TRUE) THEN 'opened'
        ELSE 'listed' END, %(as_of)s, '{}'
    FROM registers_registerentry WHERE came_with_id = %(load)s AND status = 'active'
"""
TELL_GONE = """
    INSERT INTO registers_change (register_id, entry_id, kind, "on", before)
    SELECT %(register)s, e.id, 'closed', %(as_of)s, '{}'
    FROM registers_registerentry e JOIN gone g ON g.id = e.id WHERE e.status = 'active'
"""
# It was listed on the day of the file before, and is no more.
CLOSE = """
    UPDATE registers_registerentry e SET status = 'closed', last_seen = %(before)s, digest = 0
    FROM gone g WHERE g.id = e.id
"""
LIES_ANEW = "e.id IN (SELECT id FROM touched WHERE lies_anew)"
IS_OTHER = "e.id IN (SELECT id FROM touched WHERE is_other)"
IS_GONE = "e.id IN (SELECT id FROM gone)"


class Merged(NamedTuple):
    """How many entries a file added, changed and closed."""

    added: int = 0
    changed: int = 0
    closed: int = 0


@dataclass(frozen=True)
class News:
    """Of what a merge is: the load, the file's day, and that of the file before it, if any.

    Behind a part of the register nothing `is_news`: who is new in the whole did not just open.
    """

    register: str
    load: int
    as_of: date
    before: date | None
    is_news: bool

    def params(self) -> dict[str, Any]:
        """Give them as the statements name them."""
        late = (self.before or self.as_of) - LATE
        return {
            "register": self.register,
            "load": self.load,
            "as_of": self.as_of,
            "before": self.before or self.as_of,
            "late": late,
        }


def add(cursor: CursorWrapper, register: str, load: int) -> int:
    """Add the staged rows of new numbers, unseen, and hold back the others; say how many came in.

    No two of them have one number.
    """
    cursor.execute(ADD, {"register": register, "load": load})
    (added,) = cursor.fetchone()
    staging.clear(cursor)
    return int(added)


def twice(cursor: CursorWrapper, register: str, load: int) -> list[int]:
    """Take away what is held of numbers that the file named before; give the lines."""
    lines = []
    for statement in (TWICE, HELD_TWICE):
        cursor.execute(statement, {"register": register, "load": load})
        lines += [line for (line,) in cursor.fetchall()]
    return sorted(lines)


def merge(cursor: CursorWrapper, news: News) -> Merged:
    """Write what is held, and close what the file does not list; what stands is not written."""
    what = news.params()
    for statement in (PREPARE, GONE, OLD):
        cursor.execute(statement, what)
    changed = cursor.rowcount
    cursor.execute(COUNT)
    # The same file, read anew in another way, is no news either.
    if news.is_news:
        for statement in (TELL, TELL_GONE, TELL_NEW):
            cursor.execute(statement, what)
    # One after the other: together they would look through all entries.
    for which in (LIES_ANEW, IS_GONE):
        spots.drop(cursor, which)
    cursor.execute(CHANGE, what)
    cursor.execute(CLOSE, what)
    closed = cursor.rowcount
    return Merged(changed=changed, closed=closed)


def show(cursor: CursorWrapper, news: News, added: int) -> None:
    """Make what was added and changed findable by its place, and link it to other registers."""
    if added:
        if added > MANY:
            # Before the database notices by itself, it would take them for a handful.
            cursor.execute("ANALYZE registers_registerentry")
        spots.make(cursor, "e.came_with_id = %s", news.load)
        if added > MANY:
            cursor.execute("ANALYZE registers_spot")
        links.make(cursor, news.register, news.load)
    spots.make(cursor, LIES_ANEW)
    links.renew(cursor, IS_OTHER)
