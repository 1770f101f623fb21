"""As many leads of one company as wanted, with all that hangs on them, by statements alone."""

from collections.abc import Callable

# One id for each kind of row and number, in the order of the numbers, as the product's ids are.
IDENT = """
CREATE OR REPLACE FUNCTION pg_temp.ident(kind int, n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('0190' || lpad(to_hex(n), 8, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000'
            || substr(md5(n::text), 1, 12))::uuid
$$;
-- The rows are whole, and nothing listens to them.
SET session_replication_role = replica;
SET synchronous_commit = off;
"""

COMPANY = "(SELECT id FROM tenants_tenant WHERE slug = 'demo')"
PERSON = "(SELECT id FROM tenants_user WHERE email = 'priya@demo.example')"
STAGE = f"""(SELECT array_agg(id ORDER BY position) FROM pipeline_stage
             WHERE tenant_id = {COMPANY})"""
PIPELINE = f"(SELECT id FROM pipeline_pipeline WHERE tenant_id = {COMPANY} LIMIT 1)"
CAMPAIGN, RUN = "pg_temp.ident(10, 1)", "pg_temp.ident(11, 1)"
SERIES = "generate_series(1, {leads}) AS n"
AGO = "now() - n * interval '20 seconds'"
NAMES = (
    "ARRAY['Harbour','Quay','Willow','Station','Castle','Abbey','Orchard','Bridge','Meadow',"
    "'Kestrel','Linden','Moor','Priory','Raven','Sutton','Tamar','Upton','Vale','Weir','York']"
)
TRADES = "ARRAY['dentist','pharmacy','gp_practice','school','optician']"

TABLES = {
    "leads_organisation": f"""
INSERT INTO leads_organisation (id, tenant_id, name, name_key, sort_key, company_number, domain,
    website, phone, address, town, postcode, precision, trade, industry, has_generic_name, proof,
    created_at)
SELECT pg_temp.ident(1, n), {COMPANY}, name, lower(name), lower(name), lpad(n::text, 8, '0'), '',
    '', '', n || ' High Street', 'Falmouth', 'TR' || n % 27 || ' ' || n % 9 || 'HH', '',
    ({TRADES})[1 + n % 5], 'healthcare', false, 'listed', {AGO}
FROM (SELECT n, ({NAMES})[1 + n % 20] || ' ' || ({NAMES})[1 + n / 20 % 20] || ' ' || n AS name
      FROM {SERIES}) AS named""",
    "leads_contact": f"""
INSERT INTO leads_contact (id, tenant_id, organisation_id, name, job_title, email, phone,
    created_at)
SELECT pg_temp.ident(2, n), {COMPANY}, pg_temp.ident(1, n), 'Jenna ' || n, 'Manager',
    'jenna' || n || '@harbour.example', '', {AGO} FROM {SERIES}""",
    "leads_lead": f"""
INSERT INTO leads_lead (id, tenant_id, organisation_id, contact_id, pipeline_id, stage_id, rank,
    owner_id, source, score, tier, version, stage_since, created_at, sort_key, owner_key,
    lost_reason)
SELECT pg_temp.ident(3, n), {COMPANY}, pg_temp.ident(1, n), pg_temp.ident(2, n), {PIPELINE},
    stages[CASE WHEN n % 10 < 6 THEN 1 ELSE 2 + n % 3 END], 'i' || lpad(n::text, 9, '0'),
    CASE WHEN n % 3 = 0 THEN person END, 'register', score,
    CASE WHEN score >= 70 THEN 'hot' WHEN score >= 40 THEN 'warm' ELSE 'cold' END, 1, {AGO}, {AGO},
    'site ' || n, '', ''
FROM (SELECT n, n % 101 * 79 % 101 AS score FROM {SERIES}) AS scored,
    (SELECT {STAGE} AS stages, {PERSON} AS person) AS known""",
    "leads_score": f"""
INSERT INTO leads_score (id, tenant_id, lead_id, at, points, tier, grade, receipt)
SELECT pg_temp.ident(4, n), {COMPANY}, pg_temp.ident(3, n), {AGO}, n % 100, 'cold', '',
    '{{"before_cap": 40, "lines": []}}' FROM {SERIES}""",
    "leads_flowstep": f"""
INSERT INTO leads_flowstep (id, tenant_id, lead_id, state, due_at, attempts, crashes, last_error,
    lease_holder)
SELECT pg_temp.ident(5, n), {COMPANY}, pg_temp.ident(3, n),
    CASE WHEN n % 10000 = 0 THEN 'dead' ELSE 'done' END, {AGO}, 1, 0, '', '' FROM {SERIES}""",
    "leads_stagemove": f"""
INSERT INTO leads_stagemove (id, tenant_id, lead_id, to_stage_id, at, seconds_before, reason)
SELECT pg_temp.ident(6, n), {COMPANY}, pg_temp.ident(3, n), stages[1], {AGO}, 0, ''
FROM {SERIES}, (SELECT {STAGE} AS stages) AS known""",
    "leads_timelineentry": f"""
INSERT INTO leads_timelineentry (id, tenant_id, lead_id, kind, at, text, outcome)
SELECT pg_temp.ident(7, n), {COMPANY}, pg_temp.ident(3, n), 'origin', {AGO}, 'Found.', ''
FROM {SERIES}""",
    "campaigns_campaign": f"""
INSERT INTO campaigns_campaign (id, tenant_id, name, kind, postcode, miles, max_results, takes_edge,
    takes_customers, only_known_size, extra, fingerprint, positions, created_at)
VALUES ({CAMPAIGN}, {COMPANY}, 'A very large campaign', 'healthcare', 'LE1 1AA', 15, 500, false,
    false, false, '{{}}', 'large', '{{}}', now())""",
    "campaigns_run": f"""
INSERT INTO campaigns_run (id, tenant_id, campaign_id, number, mode, state, since, wanted,
    is_scheduled, maximum, expected, reason, created_at)
VALUES ({RUN}, {COMPANY}, {CAMPAIGN}, 1, 'first', 'completed', now(), '{{}}', false, 500, 0, '',
    now())""",
    "campaigns_finding": f"""
INSERT INTO campaigns_finding (id, tenant_id, run_id, source, key, verdict, ground, reason, detail,
    name, postcode, lead_id, organisation_id, proof, at)
SELECT pg_temp.ident(8, n), {COMPANY}, {RUN}, 'register', 'many:' || n, 'created', '', 'New', '',
    'Harbour ' || n, 'TR11 3HH', pg_temp.ident(3, n), pg_temp.ident(1, n), 'listed', {AGO}
FROM {SERIES}""",
    "ledger_auditentry": f"""
INSERT INTO ledger_auditentry (tenant_id, at, actor, address, via, kind, verb, target_type,
    target_id, target, fields)
SELECT {COMPANY}, now() - n * interval '2 seconds', 'background work', '', 'worker', 'created',
    'admitted', 'leads.lead',
    pg_temp.ident(3, n)::text, 'Harbour ' || n, '[]' FROM {SERIES}""",
    "mail_mail": f"""
INSERT INTO mail_mail (id, tenant_id, user_id, "to", subject, text, html, stop_url, message_id, at,
    fate, deferrals, state, due_at, attempts, crashes, last_error, lease_holder)
SELECT pg_temp.ident(9, n), {COMPANY}, {PERSON}, 'priya@demo.example', '3 new leads ' || n, 'Text',
    '', '', n::text, {AGO}, 'sent', 0, 'done', {AGO}, 1, 0, '', ''
FROM generate_series(1, {{leads}} / 10) AS n""",
}


def load(ask: Callable[[str], object], leads: int) -> None:
    """Put them into the demo company; `ask` speaks to the database as its superuser."""
    for table, statement in TABLES.items():
        ask(f"{IDENT}; {statement.replace('{leads}', str(leads))}; ANALYZE {table}")
