"""Many leads of one company with what scores follow from: facts, talks, an older reckoning."""

from collections.abc import Callable

from tests.benchmarks.many_leads import COMPANY, IDENT, PERSON, SERIES, TABLES

OF_LEADS = (
    "leads_organisation",
    "leads_contact",
    "leads_lead",
    "leads_score",
    "leads_timelineentry",
)
KNOWN = """
UPDATE leads_organisation SET phone = '+441326' || lpad((n % 1000000)::text, 6, '0'),
    website = 'https://site' || n || '.example/', employees = n * 7 % 300,
    latitude = 50 + n % 100 / 20.0, longitude = -5 + n % 90 / 20.0
FROM generate_series(1, {leads}) AS n WHERE id = pg_temp.ident(1, n)
"""
# Which share of the organisations has it, and its value as JSON.
FACTS = {
    "employees": ("n % 2 = 0", "to_jsonb(n * 7 % 300)"),
    "turnover": ("n % 3 = 0", "to_jsonb(100000 + n * 37 % 9000000)"),
    "incorporated_on": ("n % 2 = 0", "to_jsonb((date '2018-01-01' + n % 3000)::text)"),
    "company_status": ("n % 2 = 0", "'\"active\"'::jsonb"),
    "is_late_with_accounts": ("n % 2 = 0", "to_jsonb(n % 40 = 0)"),
    "site_state": ("n % 3 < 2", "'\"ok\"'::jsonb"),
    "site_is_https": ("n % 3 < 2", "to_jsonb(n % 5 > 0)"),
    "site_is_mobile": ("n % 3 < 2", "to_jsonb(n % 7 > 0)"),
    "technologies": ("n % 4 = 0", '\'["WordPress", "Google Analytics"]\'::jsonb'),
    "vacancies": ("n % 10 = 0", "'[\"Dental nurse\"]'::jsonb"),
    "services": ("n % 2 = 0", '\'["Implants", "Crowns", "Check-ups"]\'::jsonb'),
}
FACT = f"""
INSERT INTO leads_fact (id, tenant_id, organisation_id, field, key, value, status, sureness,
    source, way, as_of, seen_on, old_on, proofs, created_at)
SELECT pg_temp.ident({{kind}}, n), {COMPANY}, pg_temp.ident(1, n), '{{field}}', md5(n::text),
    {{value}}, 'applied', 0.8, 'companies_house', 'register', current_date - n % 300,
    current_date - n % 90, current_date + 300, '[]', now()
FROM {SERIES} WHERE {{which}}
"""
CALLS = f"""
INSERT INTO leads_timelineentry (id, tenant_id, lead_id, kind, at, by_id, text, outcome)
SELECT pg_temp.ident(60 + call, n), {COMPANY}, pg_temp.ident(3, n), 'call',
    now() - (n % 200 + call) * interval '1 day', {PERSON}, 'Call', (ARRAY['reached', 'no_answer',
    'voicemail'])[1 + call % 3]
FROM generate_series(1, {{leads}}) AS n, generate_series(1, 4) AS call WHERE n % 10 = 0;
UPDATE leads_lead SET active_at = now() - n % 200 * interval '1 day'
FROM generate_series(1, {{leads}}) AS n WHERE n % 10 = 0 AND id = pg_temp.ident(3, n)
"""


def load(ask: Callable[[str], object], leads: int) -> None:
    """Put them into the demo company; `ask` speaks to the database as its superuser."""
    many = str(leads)
    for table in OF_LEADS:
        ask(f"{IDENT}; {TABLES[table].replace('{leads}', many)}")
    ask(f"{IDENT}; {KNOWN.replace('{leads}', many)}")
    for kind, (field, (which, value)) in enumerate(FACTS.items(), 40):
        given = {"kind": kind, "field": field, "which": which, "value": value, "leads": leads}
        ask(f"{IDENT}; {FACT.format(**given)}")
    ask(f"{IDENT}; {CALLS.replace('{leads}', many)}")
