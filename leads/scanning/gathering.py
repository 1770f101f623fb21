"""Gathers the pairs that a search compares, a part of a way at a time, by statements alone."""

import json
from typing import Any

from django.db import connection

from leads.models import DuplicateScan, Organisation
from leads.scanning.ways import WAYS

# So many organisations are looked at in one statement, which takes a few seconds then.
PER_PART = 100_000
MOST_PARTS = 200
# Of what was passed over so much is told of each way: the biggest.
NAMED = 5
LONGEST = 120

# Those that are suspected already are judged anew, so that what is alike no longer goes.
SUSPECTED = """
INSERT INTO leads_scanpair (scan_id, one, other)
SELECT %(scan)s, least(one_id, other_id), greatest(one_id, other_id) FROM leads_proposal
WHERE tenant_id = %(tenant)s AND state = 'open'
ON CONFLICT DO NOTHING
"""
# Nobody is asked again about what somebody has called different.
DIFFERENT = """
NOT EXISTS (
    SELECT 1 FROM leads_proposal p WHERE p.tenant_id = %(tenant)s AND p.state = 'different'
    AND least(p.one_id, p.other_id) = a.id AND greatest(p.one_id, p.other_id) = b.id
)
"""
GATHER = """
WITH held AS MATERIALIZED (
    SELECT value, id, name, count(*) OVER (PARTITION BY value) AS many FROM ({rows}) AS known
    WHERE (hashtext(value) & 2147483647) %% %(parts)s = %(part)s
), added AS (
    INSERT INTO leads_scanpair (scan_id, one, other)
    SELECT DISTINCT %(scan)s::uuid, a.id, b.id FROM held a JOIN held b USING (value)
    WHERE a.id < b.id AND a.many BETWEEN 2 AND {most} AND b.many BETWEEN 2 AND {most}
        AND {alike} AND {different}
    ON CONFLICT DO NOTHING RETURNING 1
), passed_over AS (
    SELECT value, max(many) AS many FROM held WHERE many > {most} GROUP BY value
), biggest AS (
    SELECT left(value, {longest}) AS value, many FROM passed_over ORDER BY many DESC LIMIT {named}
)
SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM passed_over),
    (SELECT coalesce(jsonb_agg(jsonb_build_array(value, many)), '[]') FROM biggest)
"""


def measure(scan: DuplicateScan) -> None:
    """Count what there is to look through, and begin with what is suspected already."""
    scan.organisations = Organisation.of(scan.tenant).count()
    scan.parts = min(MOST_PARTS, 1 + scan.organisations // PER_PART)
    with connection.cursor() as cursor:
        cursor.execute(SUSPECTED, {"scan": scan.pk, "tenant": scan.tenant_id})
        scan.pairs += cursor.rowcount


def gather(scan: DuplicateScan) -> None:
    """Add the pairs of the next part, and have the scan say which comes then."""
    way = WAYS[scan.step]
    # Our own words, and those of nobody else.
    statement = GATHER.format(
        rows=way.rows,
        most=way.most,
        alike=way.alike,
        different=DIFFERENT,
        longest=LONGEST,
        named=NAMED,
    )
    given: dict[str, Any] = {
        "scan": scan.pk,
        "tenant": scan.tenant_id,
        "parts": scan.parts,
        "part": scan.part,
    }
    with connection.cursor() as cursor:
        # The database takes a part for small, and would hold each of it against each.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(statement, given)
        added, many, biggest = cursor.fetchone()
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
    scan.pairs += added
    if many:
        _tell(scan, way.noun, many, json.loads(biggest))
    scan.part += 1
    if scan.part == scan.parts:
        scan.step, scan.part = scan.step + 1, 0


def _tell(scan: DuplicateScan, noun: str, many: int, biggest: Any) -> None:
    """Add to the report what this part has passed over."""
    known = next((each for each in scan.passed_over if each["noun"] == noun), None)
    if known is None:
        known = {"noun": noun, "many": 0, "biggest": []}
        scan.passed_over.append(known)
    known["many"] += many
    known["biggest"] = sorted([*known["biggest"], *biggest], key=lambda each: -each[1])[:NAMED]


def is_over(scan: DuplicateScan) -> bool:
    """Say whether all pairs are there."""
    return scan.step >= len(WAYS)
