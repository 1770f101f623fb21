"""A company's figures by one statement over all its leads: for whoever sees them all.

Of a million leads it takes seconds, hence it runs in the background then (`campaigns.reporting`).
"""

import json
from typing import Any

from django.db import connection

from crm.tenants.models import Tenant

# Days that “lately” means for leads, for what people did, and for moves and how leads ended.
LATELY, WORKED, MOVED = 30, 7, 90

# What is asked in one walk over the leads, by each of these in turn.
LEADS = """
SELECT CASE GROUPING(source, tier, owner_id, day)
        WHEN 7 THEN 'source' WHEN 11 THEN 'tier' WHEN 13 THEN 'owner' WHEN 14 THEN 'day'
        ELSE 'all' END AS by,
    CASE GROUPING(source, tier, owner_id, day)
        WHEN 7 THEN source WHEN 11 THEN tier WHEN 13 THEN owner_id::text
        WHEN 14 THEN day::text END AS key,
    count(*) AS leads,
    count(*) FILTER (WHERE is_new) AS new,
    count(*) FILTER (WHERE is_of_this_week) AS new_this_week,
    count(*) FILTER (WHERE was_new) AS new_before,
    count(*) FILTER (WHERE kind = 'customer') AS won,
    count(*) FILTER (WHERE kind = 'lost') AS lost,
    count(*) FILTER (WHERE closed_at IS NULL) AS open,
    count(*) FILTER (WHERE closed_at IS NULL AND tier = 'hot' AND contacted_at IS NULL) AS hot
FROM (
    SELECT lead.source, lead.tier, lead.owner_id, lead.closed_at, lead.contacted_at,
        stage.kind, lead.created_at >= now() - %(lately)s::interval AS is_new,
        lead.created_at < now() - %(lately)s::interval
            AND lead.created_at >= now() - 2 * %(lately)s::interval AS was_new,
        lead.created_at >= now() - interval '7 days' AS is_of_this_week,
        CASE WHEN lead.created_at >= now() - %(lately)s::interval
            THEN (lead.created_at AT TIME ZONE %(zone)s)::date END AS day
    FROM leads_lead AS lead JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
    WHERE lead.tenant_id = %(tenant)s
) AS lead
GROUP BY GROUPING SETS ((source), (tier), (owner_id), (day), ())
"""
# Whoever stepped back has not been decided: a card was put right.
MOVES = """
SELECT former.id AS key,
    count(DISTINCT lead_id) FILTER (
        WHERE latter.kind <> 'lost' AND latter.position > former.position) AS onward,
    count(DISTINCT lead_id) FILTER (WHERE latter.kind = 'lost') AS lost,
    count(*) AS moves,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_before) AS seconds
FROM leads_stagemove AS move
JOIN pipeline_stage AS former ON former.id = move.from_stage_id
JOIN pipeline_stage AS latter ON latter.id = move.to_stage_id
WHERE move.tenant_id = %(tenant)s AND move.at >= now() - %(moved)s::interval
    AND (latter.kind = 'lost' OR latter.position > former.position)
GROUP BY former.id
"""
CONTACT = """
SELECT count(*) AS leads, count(first.at) AS reached,
    count(*) FILTER (WHERE first.at < lead.created_at + interval '1 day') AS in_a_day,
    count(*) FILTER (WHERE first.at < lead.created_at + interval '7 days') AS in_a_week,
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM first.at - lead.created_at)
    ) FILTER (WHERE first.at IS NOT NULL) AS seconds
FROM leads_lead AS lead LEFT JOIN (
    SELECT entry.lead_id, min(entry.at) AS at FROM leads_timelineentry AS entry
    WHERE entry.tenant_id = %(tenant)s AND entry.at >= now() - %(lately)s::interval
        AND entry.kind IN ('call', 'note') AND entry.by_id IS NOT NULL
    GROUP BY entry.lead_id
) AS first ON first.lead_id = lead.id
WHERE lead.tenant_id = %(tenant)s AND lead.created_at >= now() - %(lately)s::interval
"""
WORK = """
SELECT by_id AS key, count(*) FILTER (WHERE kind = 'call') AS calls,
    count(*) FILTER (WHERE kind = 'note') AS notes
FROM leads_timelineentry
WHERE tenant_id = %(tenant)s AND at >= now() - %(worked)s::interval
    AND kind IN ('call', 'note') AND by_id IS NOT NULL
GROUP BY by_id
"""
PEOPLES_MOVES = """
SELECT by_id AS key, count(*) AS moves FROM leads_stagemove
WHERE tenant_id = %(tenant)s AND at >= now() - %(worked)s::interval
    AND by_id IS NOT NULL AND from_stage_id IS NOT NULL
GROUP BY by_id
"""
TASKS = """
SELECT owner_id AS key, count(*) AS overdue FROM leads_task
WHERE tenant_id = %(tenant)s AND done_at IS NULL AND due_at < now()
GROUP BY owner_id
"""
PARTS = {
    "leads": LEADS,
    "moves": MOVES,
    "contact": CONTACT,
    "work": WORK,
    "peoples_moves": PEOPLES_MOVES,
    "tasks": TASKS,
}
ALL = "SELECT json_build_object({})::text"
PART = "'{}', (SELECT coalesce(json_agg(part), '[]') FROM ({}) AS part)"


def count(tenant: Tenant, more: dict[str, str], **given: Any) -> dict[str, Any]:
    """Count everything, as rows by part; `more` are parts that higher floors know of."""
    parts = PARTS | more
    statement = ALL.format(", ".join(PART.format(name, sql) for name, sql in parts.items()))
    given |= {
        "tenant": tenant.pk,
        "zone": tenant.zone,
        "lately": f"{LATELY} days",
        "worked": f"{WORKED} days",
        "moved": f"{MOVED} days",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        ((found,),) = cursor.fetchall()
    counted: dict[str, Any] = json.loads(found)
    return counted
