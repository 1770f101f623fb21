"""Throws away old reckonings that say little more than their neighbours.

Of each lead's reckonings of more than 90 days ago one a week stays, the last of it. So do the
first, by which scores are held against what became of leads, the newest, each at which tier or
grade changed, and the one of the moment from which chances are learnt.
"""

import time
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from crm import ids

KEPT_WHOLE = timedelta(days=90)
# What a lead that has ended is learnt by is as it was known so long after it came in, or so long
# before it ended, whichever was sooner.
SETTLED, BEFORE = timedelta(days=14), timedelta(days=1)
# So many leads are looked at by one statement, which takes some milliseconds where all is well, and
# no more statements are begun in an hour after so many seconds: the next one goes on there.
PIECE = 1_000
LONGEST = 2.0
# The first eight digits of an id count 65.536 seconds each (`crm.ids`). Thus an index alone tells
# of most leads that none of theirs share a week.
WEEK = "(('x' || left(id::text, 8))::bit(32)::bigint * 65536 / 604800000)"
# Each decides by what goes before and after it whether it stays: another turn finds nothing more.
# Whoever has rows in hand, as one who removes a lead, is not waited for.
THIN = f"""
WITH few AS MATERIALIZED (
    SELECT id, tenant_id, least(created_at + %(settled)s, closed_at - %(before)s) AS moment
    FROM leads_lead WHERE id > %(after)s ORDER BY id LIMIT %(most)s
), crowded AS MATERIALIZED (
    SELECT few.* FROM few WHERE EXISTS (
        SELECT FROM (
            SELECT {WEEK} = lag({WEEK}) OVER (ORDER BY id) AS has_earlier
            FROM leads_score WHERE lead_id = few.id AND id < %(old)s
        ) AS old WHERE has_earlier
    )
), spare AS MATERIALIZED (
    SELECT row.id FROM crowded CROSS JOIN LATERAL (
        SELECT id, at, (tier, grade) = (lag(tier) OVER run, lag(grade) OVER run) AS is_like_last,
            {WEEK} = lead({WEEK}) OVER run AS has_later, lead(at) OVER run AS next_at
        FROM leads_score WHERE lead_id = crowded.id AND tenant_id = crowded.tenant_id
        WINDOW run AS (ORDER BY id)
    ) AS row
    WHERE row.id < %(old)s AND is_like_last AND has_later
        AND NOT (row.at <= moment AND next_at > moment)
), taken AS MATERIALIZED (
    SELECT id FROM leads_score WHERE id IN (SELECT id FROM spare) FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM leads_score WHERE id IN (SELECT id FROM taken) RETURNING 1
)
SELECT (SELECT count(*) FROM gone), array(SELECT id FROM few ORDER BY id)
"""  # noqa: S608


class Walk:
    """Looks at all leads in turn, for a short while each time; `after` is the last that it saw."""

    def __init__(self) -> None:
        self.after = ids.NOBODYS

    def go_on(self) -> int:
        """Thin those of the next leads; give how many reckonings that were."""
        ends, gone = time.monotonic() + LONGEST, 0
        while True:
            many, seen = _thin(self.after)
            gone += many
            is_over = len(seen) < PIECE
            self.after = ids.NOBODYS if is_over else seen[-1]
            if is_over or time.monotonic() > ends:
                return gone


def _thin(after: Any) -> tuple[int, list[Any]]:
    values: dict[str, Any] = {
        "after": after,
        "most": PIECE,
        "old": ids.since(timezone.now() - KEPT_WHOLE),
        "settled": SETTLED,
        "before": BEFORE,
    }
    with connection.cursor() as cursor:
        cursor.execute(THIN, values)
        ((gone, seen),) = cursor.fetchall()
    return gone, seen


thin = Walk().go_on
