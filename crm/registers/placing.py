"""Places entries anew after postcodes were loaded: what was vague may be known exactly now."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Min

from crm.one_at_a_time import one_at_a_time
from crm.places import loading as places
from crm.places.models import Loaded
from crm.registers import grid, spots
from crm.registers.loading import LOCK, WAITS
from crm.registers.models import RegisterEntry
from crm.registers.staging import ELSEWHERE

# Entries that are looked at in one transaction.
PART = 50_000
# The point of the postcode, wherever it is known; where nothing was known, the centre of the
# outward code. What a register says of itself gives way to the former and stands before the latter.
DUE = f"""
    DROP TABLE IF EXISTS pg_temp.due;
    CREATE TEMPORARY TABLE due ON COMMIT DROP AS
    SELECT e.id, COALESCE(p.latitude, o.latitude) AS latitude,
        COALESCE(p.longitude, o.longitude) AS longitude,
        CASE WHEN p.text IS NULL THEN 'outward' ELSE 'postcode' END AS precision
    FROM registers_registerentry e
    LEFT JOIN places_fullpostcode p ON p.text = e.postcode
    LEFT JOIN places_outward o ON o.code = split_part(e.postcode, ' ', 1)
        AND o.latitude IS NOT NULL AND left(o.code, 2) NOT IN ({ELSEWHERE})
    WHERE e.id BETWEEN %s AND %s AND e.postcode <> '' AND CASE
        WHEN p.text IS NOT NULL THEN (e.latitude, e.longitude, e.precision)
            IS DISTINCT FROM (p.latitude, p.longitude, 'postcode')
        WHEN o.code IS NULL THEN FALSE
        WHEN e.precision = 'outward' THEN (e.latitude, e.longitude)
            IS DISTINCT FROM (o.latitude, o.longitude)
        ELSE e.precision = '' END
"""
CELL = grid.CELL.format(latitude="d.latitude", longitude="d.longitude")
MOVE = f"""
    UPDATE registers_registerentry e SET latitude = d.latitude, longitude = d.longitude,
        precision = d.precision, cell = {CELL}
    FROM due d WHERE d.id = e.id
"""
IS_DUE = "e.id IN (SELECT id FROM due)"


class Followed(NamedTuple):
    """The lists of postcodes that came in since the last time, and how many entries they moved."""

    lists: list[Loaded]
    moved: int


def follow(tell: Callable[[str], None] = lambda _: None) -> Followed:
    """Have the bundled postcodes, and place entries by what came in since the last time.

    What died on its way begins again.
    """
    lists = places.load()
    if not lists:
        return Followed([], 0)
    moved = renew(tell)
    digests = [each.digest for each in lists]
    Loaded.objects.filter(digest__in=digests).update(followed=True)
    return Followed(lists, moved)


def renew(tell: Callable[[str], None] = lambda _: None) -> int:
    """Bring the points of all entries to what is known of postcodes; give how many have moved."""
    moved = 0
    # Whoever is just coming in has been placed when the lock is ours, or is seen.
    with one_at_a_time(LOCK, tell, WAITS):
        ends = RegisterEntry.objects.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"] is None:
            return 0
        for first in range(ends["first"], ends["last"] + 1, PART):
            moved += _part(first, first + PART - 1)
            tell(f"{moved:,} entries of the registers placed anew")
    return moved


@transaction.atomic
def _part(first: int, last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(DUE, [first, last])
        cursor.execute("SELECT count(*) FROM pg_temp.due")
        (due,) = cursor.fetchone()
        if due:
            spots.drop(cursor, IS_DUE)
            cursor.execute(MOVE)
            # Those that nobody sees yet come with the end of their load.
            spots.make(cursor, f"{IS_DUE} AND {spots.SHOWN}")
    return int(due)
