"""Five values in fields of one's own, and a tag now and then, for each of many leads."""

from collections.abc import Callable
from typing import Any

from tests.benchmarks.many_leads import COMPANY, IDENT, SERIES, TABLES

# What a file of leads needs besides these.
LEADS = ("leads_organisation", "leads_contact", "leads_lead")
KINDS = ("number", "text", "date", "choice", "yes_no")
FIELD = "pg_temp.ident(20, {})"
VALUES = (
    "'', n, NULL, NULL",
    "'Contract ' || md5(n::text), NULL, NULL, NULL",
    "'', NULL, date '2020-01-01' + n % 4000, NULL",
    "(ARRAY['Gold','Silver','Tin'])[1 + (n % 1000 > 0)::int + (n % 1000 > 500)::int], "
    "NULL, NULL, NULL",
    "'', NULL, NULL, n % 1000 = 0",
)
TAGS = f"""
INSERT INTO leads_tag (id, tenant_id, name, tone)
VALUES (pg_temp.ident(22, 1), {COMPANY}, 'Benchmarked', 'plain');
INSERT INTO leads_tagging (id, tenant_id, tag_id, lead_id, at)
SELECT pg_temp.ident(23, n), {COMPANY}, pg_temp.ident(22, 1), pg_temp.ident(3, n), now()
FROM {SERIES} WHERE n % 1000 = 0"""


def load(ask: Callable[[str], Any], leads: int) -> list[str]:
    """Put leads with values into the demo company; give the names of the filters by kind."""
    for table in LEADS:
        ask(f"{IDENT}; {TABLES[table].replace('{leads}', str(leads))}; ANALYZE {table}")
    names = []
    for number, kind in enumerate(KINDS, 1):
        field = FIELD.format(number)
        ask(f"""{IDENT}; INSERT INTO leads_customfield (id, tenant_id, label, kind, choices,
            help_text, is_required, position) VALUES ({field}, {COMPANY}, 'Own {kind}', '{kind}',
            E'Gold\\nSilver\\nTin', '', false, {100 + number})""")
        ask(f"""{IDENT}; INSERT INTO leads_fieldvalue (id, tenant_id, field_id, lead_id, text,
            number, day, yes) SELECT pg_temp.ident({30 + number}, n), {COMPANY}, {field},
            pg_temp.ident(3, n), {VALUES[number - 1]} FROM {SERIES.format(leads=leads)}""")
        [(ident,)] = ask(f"SELECT id FROM leads_customfield WHERE label = 'Own {kind}'")
        names.append(f"f_{ident.hex[-10:]}")
    ask(f"{IDENT}; {TAGS.format(leads=leads)}; ANALYZE leads_fieldvalue, leads_tagging")
    return names
