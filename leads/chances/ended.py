"""What a company has won and lost, each lead as it was known while it was still open.

The moment is two weeks after the lead came in, or a day before it ended if that was sooner: by then
most is found out, and nothing is written down yet because it ends. What counts is the last score
that was kept by then, and the facts that were told and in use by then; source and trade are those
that it was found with. Who came in and ended on the same day was never pursued (a list of
customers, say) and teaches nothing.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.chances import features
from leads.scored.thinning import BEFORE, SETTLED
from scoring.chance.example import Example
from scoring.chance.history import MOST_EXAMPLES

LOT = 2_000
WHICH = """
FROM leads_lead AS lead JOIN pipeline_stage AS stage ON stage.id = lead.stage_id
WHERE lead.tenant_id = %(tenant)s AND stage.kind IN (%(won)s, %(lost)s)
    AND lead.closed_at >= lead.created_at + %(before)s::interval
"""
COUNT = f"""
SELECT count(*) FILTER (WHERE stage.kind = %(won)s), count(*) FILTER (WHERE stage.kind = %(lost)s)
{WHICH}
"""
ENDED = f"""
SELECT ended.id, ended.organisation_id, ended.source, ended.is_won, ended.moment,
    organisation.trade, score.closeness, score.fit, score.engagement, score.receipt
FROM (
    SELECT lead.id, lead.organisation_id, lead.source, stage.kind = %(won)s AS is_won,
        least(lead.created_at + %(settled)s::interval,
              lead.closed_at - %(before)s::interval) AS moment
    {WHICH} ORDER BY lead.closed_at DESC, lead.id LIMIT %(most)s
) AS ended
JOIN leads_organisation AS organisation ON organisation.id = ended.organisation_id
LEFT JOIN LATERAL (
    SELECT closeness, fit, engagement, receipt FROM leads_score
    WHERE lead_id = ended.id AND tenant_id = %(tenant)s AND at <= ended.moment
    ORDER BY at DESC, id DESC LIMIT 1
) AS score ON true
"""  # noqa: S608
# What was replaced since was in use then; what somebody let in later was not.
FACTS = """
SELECT ended.id, fact.field, fact.value
FROM unnest(%(leads)s::uuid[], %(organisations)s::uuid[], %(moments)s::timestamptz[])
    AS ended (id, organisation, moment)
JOIN leads_fact AS fact ON fact.organisation_id = ended.organisation
WHERE fact.tenant_id = %(tenant)s AND fact.contact_id IS NULL AND fact.field = ANY(%(fields)s)
    AND fact.created_at <= ended.moment AND fact.status IN ('applied', 'superseded')
    AND (fact.decided_at IS NULL OR fact.decided_at <= ended.moment)
ORDER BY fact.created_at, fact.id
"""


class Ended(NamedTuple):
    """A lead that was won or lost; what stands behind `trade` is from the score of the moment."""

    lead: UUID
    organisation: UUID
    source: str
    is_won: bool
    moment: datetime
    trade: str
    closeness: int | None
    fit: int | None
    engagement: int | None
    receipt: Any


def count(tenant: Tenant) -> tuple[int, int]:
    """Count the leads that can be learnt from: won, lost."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _given(tenant))
        ((won, lost),) = cursor.fetchall()
    return won, lost


def examples(tenant: Tenant) -> list[Example]:
    """Give what can be learnt from, of the leads that ended last."""
    with connection.cursor() as cursor:
        cursor.execute(ENDED, _given(tenant))
        rows = [Ended(*row) for row in cursor.fetchall()]
    lots = (rows[start : start + LOT] for start in range(0, len(rows), LOT))
    return [example for lot in lots for example in _examples(tenant, lot)]


def _examples(tenant: Tenant, lot: Sequence[Ended]) -> Iterator[Example]:
    facts = _facts(tenant, lot)
    for row in lot:
        known = features.of(
            source=row.source,
            trade=row.trade,
            closeness=row.closeness,
            fit=row.fit,
            engagement=row.engagement,
            receipt=_read(row.receipt) or {},
            facts=facts.get(row.lead, {}),
        )
        yield Example(known, row.is_won, row.moment, str(row.lead))


def _facts(tenant: Tenant, lot: Sequence[Ended]) -> dict[UUID, dict[str, Any]]:
    """Give the facts of each lead by their names, the one that was told last."""
    given: dict[str, Any] = {
        "tenant": tenant.pk,
        "leads": [row.lead for row in lot],
        "organisations": [row.organisation for row in lot],
        "moments": [row.moment for row in lot],
        "fields": sorted(features.FACTS),
    }
    found: dict[UUID, dict[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, given)
        for lead, field, value in cursor.fetchall():
            found.setdefault(lead, {})[field] = _read(value)
    return found


def _read(value: Any) -> Any:
    """Read what a plain cursor gives as text."""
    return json.loads(value) if isinstance(value, str) else value


def _given(tenant: Tenant) -> dict[str, Any]:
    return {
        "tenant": tenant.pk,
        "won": Kind.CUSTOMER,
        "lost": Kind.LOST,
        "settled": SETTLED,
        "before": BEFORE,
        "most": MOST_EXAMPLES,
    }
