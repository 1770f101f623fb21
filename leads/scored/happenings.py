"""What was done with leads and by them: calls, talks, notes, tasks done, moves onward."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.scored.rows import array
from scoring.evidence import Happening

# Of each lead the newest so many, and none older: what was earlier says nothing of today.
MOST, OLDEST = 200, timedelta(days=730)
# How a call went where somebody was spoken to, as `leads.work.calls` knows them.
SPOKEN = ("reached", "call_back")
# From index to index: each part reads what it needs of one lead, however long its history is.
READ = """
SELECT lead.id, done.kind, done.outcome, (done.at AT TIME ZONE %(zone)s)::date
FROM unnest(%(leads)s::uuid[]) AS lead (id)
CROSS JOIN LATERAL (
    (SELECT kind, outcome, at FROM leads_timelineentry
        WHERE lead_id = lead.id AND kind IN ('call', 'note') AND by_id IS NOT NULL
        AND at > %(since)s AND tenant_id = %(tenant)s ORDER BY at DESC LIMIT %(most)s)
    UNION ALL
    (SELECT 'task_done', '', done_at FROM leads_task
        WHERE lead_id = lead.id AND done_at > %(since)s AND NOT is_dropped
        AND tenant_id = %(tenant)s ORDER BY done_at DESC LIMIT %(most)s)
    UNION ALL
    (SELECT 'onward', '', at FROM leads_stagemove AS move
        JOIN pipeline_stage AS here ON here.id = move.from_stage_id
        JOIN pipeline_stage AS there ON there.id = move.to_stage_id
        WHERE lead_id = lead.id AND at > %(since)s AND NOT is_undone
        AND move.tenant_id = %(tenant)s AND there.kind <> %(lost)s AND here.kind <> %(lost)s
        AND there.pipeline_id = here.pipeline_id AND there.position > here.position
        ORDER BY at DESC LIMIT %(most)s)
    ORDER BY at DESC LIMIT %(most)s
) AS done ORDER BY lead.id, done.at DESC
"""


def of(tenant: Tenant, leads: Collection[UUID], today: date) -> dict[UUID, list[Happening]]:
    """Give what happened with each of these leads, the newest first; of most it is nothing."""
    if not leads:
        return {}
    zone = timezone.get_default_timezone_name()
    given: dict[str, Any] = {
        "tenant": tenant.pk, "leads": array(leads), "since": today - OLDEST, "most": MOST,
        "lost": Kind.LOST, "zone": zone,
    }  # fmt: skip
    found: dict[UUID, list[Happening]] = {}
    with connection.cursor() as cursor:
        cursor.execute(READ, given)
        for lead, kind, outcome, on in cursor.fetchall():
            mine = found.setdefault(lead, [])
            mine.append(Happening(kind, on))
            if outcome in SPOKEN and kind == "call":
                mine.append(Happening("spoke", on))
    return found
