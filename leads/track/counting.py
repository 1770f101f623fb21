"""What became of leads, by the first score that they had: all parts in one walk over them.

Leads count once they have been here for as many days as the reader says; a younger one has had no
time to become anything. The score is the first that was kept, before anybody worked on the lead.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from crm.tenants.models import Membership
from leads.sight import sight

# As many of the newest are looked at: more would keep the reader waiting.
MOST = 100_000
BAND = 10
READ = ("id", "stage_id", "organisation_id", "source", "found_by", "created_at")
# Whoever is a customer was an opportunity, too, whatever stages were passed over.
COUNT = """
WITH seen AS MATERIALIZED ({seen}),
reached AS MATERIALIZED (
    SELECT DISTINCT move.lead_id FROM leads_stagemove AS move
    JOIN pipeline_stage AS there ON there.id = move.to_stage_id
    WHERE move.tenant_id = %s AND NOT move.is_undone
        AND there.kind IN ('opportunity', 'customer')
),
told AS (
    SELECT seen.source, organisation.industry, seen.found_by, first.tier, first.points,
        least(first.points / {band}, 9) AS band,
        to_char(seen.created_at AT TIME ZONE %s, 'YYYY-MM') AS month,
        stage.kind IN ('opportunity', 'customer') OR reached.lead_id IS NOT NULL AS has_reached,
        stage.kind = 'customer' AS is_won
    FROM seen
    JOIN pipeline_stage AS stage ON stage.id = seen.stage_id
    JOIN leads_organisation AS organisation ON organisation.id = seen.organisation_id
    LEFT JOIN reached ON reached.lead_id = seen.id
    CROSS JOIN LATERAL (
        SELECT points, tier FROM leads_score
        WHERE lead_id = seen.id AND tenant_id = %s ORDER BY lead_id, id LIMIT 1
    ) AS first
)
SELECT grouping(band, tier, source, industry, found_by, month, points) AS part,
    coalesce(band::text, tier, source, industry, found_by::text, month, points::text) AS key,
    count(*), count(*) FILTER (WHERE has_reached), count(*) FILTER (WHERE is_won),
    count(*) FILTER (WHERE tier = 'hot'), count(*) FILTER (WHERE tier = 'hot' AND has_reached)
FROM told
GROUP BY GROUPING SETS ((), (band), (tier), (source), (industry), (found_by), (month), (points))
"""
# In the order of `grouping`, which sets a bit for each that is not counted by.
PARTS = ("band", "tier", "source", "industry", "campaign", "month", "points")
ALL = 2 ** len(PARTS) - 1
PART_OF = {ALL ^ 1 << (len(PARTS) - 1 - n): part for n, part in enumerate(PARTS)}


@dataclass(frozen=True)
class Counted:
    """So many leads, of which so many became opportunities, and customers; hot ones likewise."""

    leads: int = 0
    reached: int = 0
    won: int = 0
    hot: int = 0
    hot_reached: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.leads + other.leads,
            self.reached + other.reached,
            self.won + other.won,
            self.hot + other.hot,
            self.hot_reached + other.hot_reached,
        )


@dataclass(frozen=True)
class Record:
    """`by` has the counts by part and key; what belongs to none (no industry) has the key "".

    `younger` have not been here for long enough; `is_cut` says that there are older ones still,
    which were not looked at.
    """

    all: Counted
    younger: int
    is_cut: bool
    by: dict[str, dict[str, Counted]] = field(default_factory=dict)


def count(membership: Membership, days: int) -> Record:
    """Count the leads that the member sees and that came in so many days ago, or earlier."""
    until = timezone.now() - timedelta(days=days)
    rows = sight.leads(membership)
    seen = rows.filter(created_at__lte=until).order_by("-id").values(*READ)[:MOST]
    sql, given = seen.query.sql_with_params()
    tenant, zone = membership.tenant.pk, timezone.get_current_timezone_name()
    statement = COUNT.format(seen=sql, band=BAND)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, tenant, zone, tenant])
        found = cursor.fetchall()
    by: dict[str, dict[str, Counted]] = {part: {} for part in PARTS}
    whole = Counted()
    for part, key, *numbers in found:
        if part == ALL:
            whole = Counted(*numbers)
        else:
            by[PART_OF[part]][key or ""] = Counted(*numbers)
    younger = rows.filter(created_at__gt=until).count()
    return Record(whole, younger, whole.leads >= MOST, by)
