"""What the database would have kept by itself of rows that were copied past its triggers."""

from typing import Any

import psycopg

PIECE = 20_000
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = 'leads_searchtext' AND indexdef LIKE '%USING gin%'
"""
WORDS = """
SELECT leads_search_refresh(array_agg(id)) FROM (
    SELECT lead.id FROM leads_lead AS lead
    LEFT JOIN leads_searchtext AS known ON known.lead_id = lead.id
    WHERE known.lead_id IS NULL ORDER BY lead.id LIMIT %s
) AS new HAVING count(*) > 0
"""
OWNERS = """
UPDATE leads_lead AS lead SET owner_key = left(lower(person.name), 200)
FROM tenants_user AS person WHERE person.id = lead.owner_id AND lead.owner_key = ''
"""
TALLIES = """
DELETE FROM leads_stagedelta;
DELETE FROM leads_stagetally;
INSERT INTO leads_stagetally (id, tenant_id, stage_id, owner, leads, pence)
SELECT gen_random_uuid(), tenant_id, stage_id, owner_id, count(*), coalesce(sum(value_pence), 0)
FROM leads_lead GROUP BY tenant_id, stage_id, owner_id
"""


def follow(connection: psycopg.Connection[Any]) -> None:
    """Fill words, keys and tallies of all leads; the indexes of words are made anew afterwards."""
    connection.execute(OWNERS)
    connection.execute(TALLIES)
    indexes = connection.execute(INDEXES).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    [(missing,)] = connection.execute(
        "SELECT (SELECT count(*) FROM leads_lead) - (SELECT count(*) FROM leads_searchtext)"
    ).fetchall()
    for _ in range(0, missing, PIECE):
        connection.execute(WORDS.encode(), [PIECE])
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        connection.execute(definition.encode())
