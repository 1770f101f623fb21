"""A company's figures by one statement over all its leads: for whoever sees them all.

Of a million leads it takes seconds, hence it runs in the background then (`campaigns.reporting`).
Each counts what the filter counts that it leads to: since when a lead is there says its id, and
what was done with leads is counted in leads.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from crm import ids
from crm.tenants import whereabouts
from crm.tenants.models import Tenant

# Days that “lately” means for leads, for what people did, and for moves and how leads ended.
LATELY, WORKED, MOVED = 30, 7, 90

# What is asked in one walk over the leads, by each of these in turn.
LEADS = """
SELECT CASE GROUPING(source, tier, owner_id)
        WHEN 3 THEN 'source' WHEN 5 THEN 'tier' WHEN 6 THEN 'owner' ELSE 'all' END AS by,
    CASE GROUPING(source, tier, owner_id)
        WHEN 3 THEN source WHEN 5 THEN tier WHEN 6 THEN owner_id::text END AS key,
    count(*) AS leads,
    count(*) FILTER (WHERE id >= %(late)s) AS new,
    count(*) FILTER (WHERE id >= %(week)s) AS new_this_week,
    count(*) FILTER (WHERE id >= %(before)s AND id < %(late)s) AS new_before,
    count(*) FILTER (WHERE next_due < now()) AS overdue,
    count(*) FILTER (WHERE kind = 'customer') AS won,
    count(*) FILTER (WHERE kind = 'lost') AS lost,
    count(*) FILTER (WHERE closed_at IS NULL) AS open,
    count(*) FILTER (WHERE closed_at IS NULL AND tier = 'hot' AND contacted_at IS NULL) AS hot
FROM (
    SELECT lead.id, lead.source, lead.tier, lead.owner_id, lead.closed_at, lead.contacted_at,
        lead.next_due, stage.kind
    FROM leads_lead AS lead JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
    WHERE lead.tenant_id = %(tenant)s
) AS lead
GROUP BY GROUPING SETS ((source), (tier), (owner_id), ())
"""
# A day begins at another moment in each of the zones.
DAYS = """
SELECT zone, day AS key, (
    SELECT count(*) FROM leads_lead
    WHERE tenant_id = %(tenant)s AND id >= since AND id < until
) AS new
FROM unnest(%(zones)s::text[], %(days)s::text[], %(since)s::uuid[], %(until)s::uuid[])
    AS days(zone, day, since, until)
"""
# Whoever stepped back has not been decided: a card was put right.
MOVES = """
SELECT former.id AS key,
    count(DISTINCT lead_id) FILTER (
        WHERE latter.kind <> 'lost' AND latter.position > former.position) AS onward,
    count(DISTINCT lead_id) AS decided,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_before) AS seconds
FROM leads_stagemove AS move
JOIN pipeline_stage AS former ON former.id = move.from_stage_id
JOIN pipeline_stage AS latter ON latter.id = move.to_stage_id
WHERE move.tenant_id = %(tenant)s AND move.at >= now() - %(moved)s::interval
    AND NOT move.is_undone
    AND (latter.kind = 'lost' OR latter.position > former.position)
GROUP BY former.id
"""
WON = """
SELECT count(*) AS leads, coalesce(sum(value_pence), 0) AS pence,
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM closed_at - created_at)) AS seconds
FROM leads_lead AS lead JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
WHERE lead.tenant_id = %(tenant)s AND stage.kind = 'customer'
    AND closed_at >= now() - %(moved)s::interval
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
    WHERE entry.tenant_id = %(tenant)s AND entry.lead_id >= %(late)s
        AND entry.kind IN ('call', 'note') AND entry.by_id IS NOT NULL
    GROUP BY entry.lead_id
) AS first ON first.lead_id = lead.id
WHERE lead.tenant_id = %(tenant)s AND lead.id >= %(late)s
"""
WORK = """
SELECT by_id AS key, count(DISTINCT lead_id) AS talked,
    count(*) FILTER (WHERE kind = 'call') AS calls, count(*) FILTER (WHERE kind = 'note') AS notes
FROM leads_timelineentry
WHERE tenant_id = %(tenant)s AND at >= now() - %(worked)s::interval
    AND kind IN ('call', 'note') AND by_id IS NOT NULL
GROUP BY by_id
"""
PEOPLES_MOVES = """
SELECT by_id AS key, count(DISTINCT lead_id) AS moved, count(*) AS moves FROM leads_stagemove
WHERE tenant_id = %(tenant)s AND at >= now() - %(worked)s::interval
    AND by_id IS NOT NULL AND from_stage_id IS NOT NULL AND NOT is_undone
GROUP BY by_id
"""
TASKS = """
SELECT owner_id AS key, count(DISTINCT lead_id) AS overdue FROM leads_task
WHERE tenant_id = %(tenant)s AND done_at IS NULL AND due_at < now() AND owner_id IS NOT NULL
GROUP BY owner_id
"""
PARTS = {
    "leads": LEADS,
    "days": DAYS,
    "moves": MOVES,
    "won": WON,
    "contact": CONTACT,
    "work": WORK,
    "peoples_moves": PEOPLES_MOVES,
    "tasks": TASKS,
}
ALL = "SELECT json_build_object({})::text"
PART = "'{}', (SELECT coalesce(json_agg(part), '[]') FROM ({}) AS part)"


def count(
    tenant: Tenant, more: dict[str, str], *, zones: Iterable[str], **given: Any
) -> dict[str, Any]:
    """Count everything, as rows by part; `more` are parts that higher floors know of."""
    parts = PARTS | more
    statement = ALL.format(", ".join(PART.format(name, sql) for name, sql in parts.items()))
    now = timezone.now()
    days = [day for zone in dict.fromkeys(zones) for day in _days(zone, now)]
    for n, name in enumerate(("zones", "days", "since", "until")):
        given[name] = [day[n] for day in days]
    given |= {
        "tenant": tenant.pk,
        "late": ids.since(now - timedelta(days=LATELY)),
        "before": ids.since(now - timedelta(days=2 * LATELY)),
        "week": ids.since(now - timedelta(days=7)),
        "worked": f"{WORKED} days",
        "moved": f"{MOVED} days",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        ((found,),) = cursor.fetchall()
    counted: dict[str, Any] = json.loads(found)
    return counted


def last_days(today: date) -> list[date]:
    """Give the days that are drawn, up to today."""
    return [today - timedelta(days=LATELY - 1 - n) for n in range(LATELY)]


def _days(zone: str, now: datetime) -> Iterator[tuple[Any, ...]]:
    """Give each of the last days in this zone, with the least ids of it and of the next.

    None of a zone that this machine does not know.
    """
    place = whereabouts.place(zone)
    if place is None:
        return
    for day in last_days(now.astimezone(place).date()):
        ends = (day, day + timedelta(days=1))
        since, until = (ids.since(datetime.combine(each, time.min, place)) for each in ends)
        yield zone, day.isoformat(), since, until
