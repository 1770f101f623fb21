"""Places entries anew after postcodes were loaded: what was vague may be known exactly now."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max, Min

from crm.registers import grid, spots
from crm.registers.alone import alone
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


def renew(tell: Callable[[str], None] = lambda _: None) -> int:
    """Bring the points of all entries to what is known of postcodes; say how many have moved."""
    ends = RegisterEntry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    moved = 0
    with alone():
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
