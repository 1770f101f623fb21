"""A company's records with real names at real places, and copies of some as people make them.

The copies are damaged by hands that know nothing of how duplicates are looked for: letters slip,
words are left out, numbers change, offices move.
"""

import random
import string
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from crm.postgres.cluster import Cluster
from tests.benchmarks.installation import Installation
from tests.benchmarks.many_leads import COMPANY, IDENT, PIPELINE, STAGE

# Each of them: a copy, and what it was copied from.
Planted = set[frozenset[UUID]]
# Of a hundred records so many were entered a second time.
COPIES_PER_HUNDRED = 2
CHAIN, AGENT, SWITCHBOARD = 1943, 5000, 800

# The names of some at the places of others: who stands next door is as real as the density.
ENTRIES = """
CREATE TABLE bench_entry AS
SELECT row_number() OVER (ORDER BY md5(id::text)) AS n,
    row_number() OVER (ORDER BY md5(id::text || 'place')) AS at, left(name, 250) AS name,
    left(name_key, 250) AS name_key, left(address, 450) AS address, postcode
FROM registers_registerentry WHERE postcode <> '' AND name <> '';
CREATE INDEX ON bench_entry (n);
CREATE INDEX ON bench_entry (at);
ANALYZE bench_entry
"""
ORGANISATIONS = f"""
INSERT INTO leads_organisation (id, tenant_id, name, name_key, sort_key, company_number, domain,
    website, phone, address, town, postcode, precision, trade, industry, has_generic_name, proof,
    created_at)
SELECT pg_temp.ident(1, n), {COMPANY}, name, name_key, lower(name),
    CASE WHEN chain THEN '00928555' WHEN n %% 2 = 0 THEN lpad(n::text, 8, '0') ELSE '' END,
    CASE WHEN chain THEN 'chain.example' WHEN n %% 5 < 2 THEN 'site' || n || '.co.uk' ELSE '' END,
    '', CASE WHEN n %% 1000 = 7 AND n / 1000 < {SWITCHBOARD} THEN '+441632960000'
        WHEN n %% 10 < 7 THEN '+441' || lpad((n * 7 + 100000000)::text, 9, '0') ELSE '' END,
    CASE WHEN agent THEN '71-75 Shelton Street, Covent Garden' ELSE address END,
    CASE WHEN agent THEN 'London' ELSE '' END, CASE WHEN agent THEN 'WC2H 9JQ' ELSE postcode END,
    '', '', '', false, 'unproven', now() - n * interval '20 seconds'
FROM (
    SELECT n.n::int AS n, n.n %% 100 = 3 AND n.n / 100 < {CHAIN} AS chain,
        n.n %% 100 = 4 AND n.n / 100 < {AGENT} AS agent,
        CASE WHEN n.n %% 100 = 3 AND n.n / 100 < {CHAIN} THEN 'Corner Chemists'
            ELSE called.name END AS name,
        CASE WHEN n.n %% 100 = 3 AND n.n / 100 < {CHAIN} THEN 'corner chemists'
            ELSE called.name_key END AS name_key,
        there.address, there.postcode
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n (n)
    JOIN bench_entry called ON called.n = 1 + n.n * 7919 %% %(entries)s::bigint
    -- No name comes to the same place again, however often the names are gone through.
    JOIN bench_entry there ON there.at
        = 1 + (n.n * 104729 + n.n / %(entries)s::bigint * 7907) %% %(entries)s::bigint
) AS made
"""
LEADS = f"""
INSERT INTO leads_lead (id, tenant_id, organisation_id, pipeline_id, stage_id, rank, source, score,
    tier, version, stage_since, created_at, sort_key, owner_key, lost_reason)
SELECT pg_temp.ident(3, n), {COMPANY}, pg_temp.ident(1, n), {PIPELINE}, stages[1 + n %% 3],
    'i' || lpad(n::text, 9, '0'), 'register', n %% 100, 'cold', 1, now(), now(), '', '', ''
FROM generate_series(%(first)s::int, %(last)s::int) AS n, (SELECT {STAGE} AS stages) AS known
"""
# The demo's own have theirs.
KEYS = """
INSERT INTO leads_identitykey (id, tenant_id, kind, value, organisation_id)
SELECT gen_random_uuid(), tenant_id, kind, value, id FROM leads_organisation,
    LATERAL (VALUES ('phone', phone), ('domain', domain), ('company_number', company_number))
        AS keys (kind, value)
WHERE value <> '' AND id::text LIKE '0190%'
"""
PIECE = 100_000
COLUMNS = "name, phone, domain, company_number, address, town, postcode"
PICK = f"SELECT n, pg_temp.ident(1, n), {COLUMNS} FROM leads_organisation JOIN unnest(%s::int[]) n"
COPY = f"""
INSERT INTO leads_organisation (id, tenant_id, {COLUMNS}, name_key, sort_key, website, precision,
    trade, industry, has_generic_name, proof, created_at)
SELECT pg_temp.ident(1, %s), {COMPANY}, %s, %s, %s, %s, %s, %s, %s, '', '', '', '', '', '', false,
    'unproven', now()
"""


def fill(product: Installation, leads: int) -> Planted:
    """Give the company so many records, copies among them; tell which are whose copies."""
    with psycopg.connect(Cluster(product.folder).url("postgres"), autocommit=True) as connection:
        connection.execute(IDENT.encode())
        connection.execute(ENTRIES.encode())
        found = connection.execute("SELECT count(*) FROM bench_entry").fetchone()
        copies = max(1, leads * COPIES_PER_HUNDRED // 100)
        single = leads - copies
        for first in range(1, single + 1, PIECE):
            given = {"first": first, "last": min(first + PIECE - 1, single), "entries": found[0]}
            connection.execute(ORGANISATIONS.encode(), given)
        planted = _copy(connection, single, copies)
        product.call("tests.benchmarks.duplicate_inside", "name_copies")
        for first in range(1, leads + 1, PIECE):
            given = {"first": first, "last": min(first + PIECE - 1, leads)}
            connection.execute(LEADS.encode(), given)
        connection.execute(KEYS.encode())
        connection.execute(b"DROP TABLE bench_entry")
        connection.execute(b"VACUUM ANALYZE leads_organisation, leads_identitykey, leads_lead")
    return planted


def _copy(connection: psycopg.Connection[Any], single: int, copies: int) -> Planted:
    chance = random.Random(20)
    picked = chance.sample(range(1, single + 1), copies)
    statement = f"{PICK} ON leads_organisation.id = pg_temp.ident(1, n) ORDER BY n"
    originals = connection.execute(statement.encode(), [picked]).fetchall()
    rows, planted = [], set()
    for place, (_, ident, *fields) in enumerate(originals, single + 1):
        name, phone, domain, number, address, town, postcode = fields
        called = _once_more(name, chance)
        where = _where(address, town, postcode, chance)
        reached = [_kept(value, chance) for value in (phone, domain, number)]
        if chance.random() < 0.1:
            reached[0] = f"+442{chance.randrange(10**8, 10**9)}"
        rows.append((place, called, *reached, *where))
        planted.add((place, ident))
    with connection.cursor() as cursor, connection.transaction():
        cursor.executemany(COPY.encode(), rows)
    ids = connection.execute(
        b"SELECT n, pg_temp.ident(1, n) FROM generate_series(%s::int, %s::int) AS n",
        [single + 1, single + copies],
    )
    of = dict(ids.fetchall())
    return {frozenset((of[place], ident)) for place, ident in planted}


def _kept(value: str, chance: random.Random) -> str:
    """Whoever enters a record again often leaves out what they don't have at hand."""
    return value if chance.random() < 0.6 else ""


def _where(address: str, town: str, postcode: str, chance: random.Random) -> tuple[str, str, str]:
    throw = chance.random()
    if throw < 0.05:
        return address, town, ""
    if throw < 0.1:
        # It has moved round the corner.
        return f"{chance.randrange(1, 200)} Station Road", town, postcode[:-2] + "XA"
    if throw < 0.5:
        return address.replace("Road", "Rd").replace("Street", "St"), town, postcode
    return address.split(",")[0] if throw < 0.7 else address, town, postcode


def _slip(name: str, chance: random.Random) -> str:
    """A finger on the wrong key, twice on the same, or too quick."""
    at = chance.randrange(len(name))
    how = chance.randrange(4)
    if how == 0:
        return name[:at] + name[at + 1 :] or name
    if how == 1:
        return name[:at] + name[at] + name[at:]
    if how == 2:
        return name[:at] + chance.choice(string.ascii_lowercase) + name[at + 1 :]
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _short(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(words) < 3:
        return name
    words.pop(chance.randrange(1, len(words)))
    return " ".join(words)


HANDS: list[Callable[[str, random.Random], str]] = [
    _slip,
    _slip,
    lambda name, chance: _slip(_slip(name, chance), chance),
    lambda name, chance: f"{name} Ltd" if "l" in name.lower()[-4:] else f"{name} Limited",
    lambda name, chance: (
        f"{chance.choice('ABCDEFG')} & {chance.choice('JKLMN')} Holdings Ltd t/a {name}"
    ),
    lambda name, chance: name.replace(" and ", " & ") if " and " in name else f"The {name}",
    lambda name, chance: name.upper(),
    lambda name, chance: name,
    _short,
]


def _once_more(name: str, chance: random.Random) -> str:
    """Write the name as somebody else would."""
    return " ".join(chance.choice(HANDS)(name, chance).split())[:290] or name
