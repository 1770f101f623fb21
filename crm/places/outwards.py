"""Centres for outward codes that the bundled list lacks, from the postcodes that they begin."""

from django.db.backends.utils import CursorWrapper

# The middle of those in use, or of the ended where none is; a degree of longitude is some six
# tenths of one of latitude here. The region is that of the nearest code of the same area.
COMPLETE = """
    WITH centre AS (
        SELECT split_part(text, ' ', 1) AS code,
            COALESCE(avg(latitude) FILTER (WHERE ended IS NULL), avg(latitude)) AS latitude,
            COALESCE(avg(longitude) FILTER (WHERE ended IS NULL), avg(longitude)) AS longitude
        FROM places_fullpostcode GROUP BY 1
    )
    INSERT INTO places_outward AS o (code, latitude, longitude, town, region, country)
    SELECT c.code, c.latitude, c.longitude, '', COALESCE(n.region, ''), COALESCE(n.country, '')
    FROM centre c
    LEFT JOIN LATERAL (
        SELECT region, country FROM places_outward n
        WHERE rtrim(left(n.code, 2), '0123456789') = rtrim(left(c.code, 2), '0123456789')
            AND n.latitude IS NOT NULL
        ORDER BY (n.latitude - c.latitude) ^ 2 + ((n.longitude - c.longitude) * 0.6) ^ 2 LIMIT 1
    ) n ON true
    WHERE NOT EXISTS (
        SELECT FROM places_outward known WHERE known.code = c.code AND known.latitude IS NOT NULL
    )
    ON CONFLICT (code) DO UPDATE SET latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude
"""


def complete(cursor: CursorWrapper) -> int:
    """Give every outward code a centre for which there are postcodes; how many there were."""
    cursor.execute(COMPLETE)
    return cursor.rowcount
