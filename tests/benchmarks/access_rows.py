"""Very many members in very many teams, and one of them with very many leads; by SQL alone."""

from tests.benchmarks.crowd_rows import REP
from tests.benchmarks.installation import Installation

TEAM_SIZE = 25
LARGE_OWNER = "member1@large.example"
COMPANY = "(SELECT id FROM tenants_tenant WHERE slug = 'large')"
# The rows are whole, and nothing listens to them.
FIRST = "SET session_replication_role = replica;"
IDENT = "('0197' || lpad(to_hex({n}), 8, '0') || '70{kind}8000' || substr(md5(({n})::text), 1, 12))"
PERSON, MEMBER, TEAM = (f"{IDENT.replace('{kind}', kind)}::uuid" for kind in ("01", "02", "03"))
NAMES = "(ARRAY['Ada','Ben','Cleo','Dan','Eve','Finn','Gwen','Hal','Ida','Jon'])"

PEOPLE = f"""{FIRST}
INSERT INTO tenants_user (id, password, is_superuser, email, name, zone, is_active, joined_at)
SELECT {PERSON.format(n="n")}, '!', false, 'member' || n || '@large.example',
    ({NAMES})[1 + n % 10] || ' ' || ({NAMES})[1 + n / 10 % 10] || ' ' || n,
    'Europe/London', true, now()
FROM generate_series(1, {{members}}) AS n"""
GROUPS = f"""{FIRST}
INSERT INTO auth_group (name)
SELECT {IDENT.format(n="n", kind="03")} FROM generate_series(1, {{teams}}) AS n"""
# Some are led by somebody who is in them.
TEAMS = f"""{FIRST}
INSERT INTO tenants_team (id, tenant_id, name, lead_id, group_id)
SELECT {TEAM.format(n="n")}, {COMPANY}, 'Team ' || n,
    CASE WHEN n % 3 > 0 THEN {PERSON.format(n="n")} END,
    (SELECT id FROM auth_group WHERE name = {IDENT.format(n="n", kind="03")})
FROM generate_series(1, {{teams}}) AS n"""
# Every tenth is in no team; a manager now and then, more viewers, mostly reps.
MEMBERS = f"""{FIRST}
INSERT INTO tenants_membership (id, tenant_id, user_id, role, team_id, version, joined_at)
SELECT {MEMBER.format(n="n")}, {COMPANY}, {PERSON.format(n="n")},
    CASE WHEN n % 200 = 0 THEN 'manager' WHEN n % 20 = 0 THEN 'viewer' ELSE 'rep' END,
    CASE WHEN n % 10 > 0 THEN {TEAM.format(n="1 + n % {teams}")} END, 1, now()
FROM generate_series(1, {{members}}) AS n"""
IN_GROUPS = f"""{FIRST}
INSERT INTO tenants_user_groups (user_id, group_id)
SELECT m.user_id, t.group_id FROM tenants_membership m JOIN tenants_team t ON t.id = m.team_id
WHERE m.tenant_id = {COMPANY} ON CONFLICT DO NOTHING"""
OWNED = f"""{FIRST}
UPDATE leads_lead SET owner_id = (SELECT id FROM tenants_user WHERE email = '{LARGE_OWNER}')
WHERE id IN (SELECT id FROM leads_lead WHERE tenant_id = {COMPANY}
    AND owner_id IS DISTINCT FROM (SELECT id FROM tenants_user WHERE email = '{REP}')
    ORDER BY id DESC LIMIT {{owned}})"""


def fill(product: Installation, members: int, owned: int) -> None:
    """Give the large company so many members, and the first of them so many leads."""
    teams = max(1, members // TEAM_SIZE)
    for statement in (PEOPLE, GROUPS, TEAMS, MEMBERS, IN_GROUPS, OWNED):
        for name, value in {"members": members, "teams": teams, "owned": owned}.items():
            statement = statement.replace(f"{{{name}}}", str(value))
        product.ask(statement)
