"""What a run has left in its company's tables, by names that are the same in every company."""

from collections import Counter

import psycopg

Facts = Counter[tuple[str, str]]

# A lead is named by its entries, (register, number); there are several when sites were merged.
NAMED = """
WITH mine AS (SELECT id FROM tenants_tenant WHERE slug = %(company)s), named AS (
    SELECT lead.id, string_agg(
        entry.register_id || ' ' || entry.number, ', ' ORDER BY entry.register_id, entry.number
    ) AS name
    FROM leads_lead AS lead
    LEFT JOIN leads_listing AS listing ON listing.organisation_id = lead.organisation_id
    LEFT JOIN registers_registerentry AS entry ON entry.id = listing.entry_id
    WHERE lead.tenant_id IN (SELECT id FROM mine) GROUP BY lead.id
)
"""
OF_A_LEAD = "SELECT {what}, name FROM {table} JOIN named ON named.id = {table}.lead_id"
OF_ALL = "SELECT {what}, {name} FROM {table} WHERE tenant_id IN (SELECT id FROM mine)"
STATEMENTS = (
    "SELECT 'lead', name FROM named",
    OF_A_LEAD.format(what="'origin'", table="leads_origin"),
    OF_A_LEAD.format(what="'stage move'", table="leads_stagemove"),
    OF_A_LEAD.format(what="'timeline: ' || kind", table="leads_timelineentry"),
    OF_A_LEAD.format(what="'score of ' || points", table="leads_score"),
    OF_A_LEAD.format(what="'step'", table="leads_flowstep"),
    OF_ALL.format(
        what="'finding: ' || verdict", name="source || ' ' || key", table="campaigns_finding"
    ),
    OF_ALL.format(what="'organisation'", name="name || postcode", table="leads_organisation"),
    OF_ALL.format(what="'key: ' || kind", name="value", table="leads_identitykey"),
    OF_ALL.format(what="'audit: ' || verb", name="target", table="ledger_auditentry"),
    OF_ALL.format(what="'notice: ' || kind", name="text", table="notices_notice"),
    "SELECT 'run', concat_ws(' ', run.state, found, created, duplicates, rejected, run.left)"
    " FROM campaigns_run AS run JOIN campaigns_sourcerun AS source ON source.run_id = run.id"
    " WHERE run.tenant_id IN (SELECT id FROM mine)",
)
SUMS = """
SELECT found, created, duplicates, rejected,
    (SELECT count(*) FROM campaigns_finding AS finding WHERE finding.run_id = source.run_id)
FROM campaigns_sourcerun AS source WHERE tenant_id IN (SELECT id FROM mine)
"""
DEAD = "SELECT count(*) FROM {table} WHERE state = 'dead' AND tenant_id IN (SELECT id FROM mine)"
ADDS_UP = ("counters", "add up")
WORK = ("campaigns_sourcerun", "campaigns_schedule", "leads_flowstep")


def left_by(company: str, connection: psycopg.Connection) -> Facts:
    """Give every fact, as often as it stands there."""
    facts: Facts = Counter()
    for statement in STATEMENTS:
        rows = connection.execute((NAMED + statement).encode(), {"company": company})
        facts.update((str(what), str(name).replace(company, "company")) for what, name in rows)
    facts[ADDS_UP if _adds_up(company, connection) else ("counters", "do not add up")] += 1
    return facts


def _adds_up(company: str, connection: psycopg.Connection) -> bool:
    """Say whether found is the sum of the verdicts, and of the findings."""
    rows = connection.execute((NAMED + SUMS).encode(), {"company": company}).fetchall()
    return all(found == sum(row) == findings for found, *row, findings in rows)


def dead_rows(company: str, connection: psycopg.Connection) -> int:
    """Count the rows of work that were given up."""
    counts = []
    for table in WORK:
        statement = (NAMED + DEAD.format(table=table)).encode()
        counts += connection.execute(statement, {"company": company}).fetchall()
    return sum(count for (count,) in counts)
