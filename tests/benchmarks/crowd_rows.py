"""A million leads in a minute or two: rows copied after a model, by SQL alone."""

from dataclasses import dataclass
from typing import Any

import psycopg

from crm.postgres.cluster import Cluster
from tests.benchmarks import crowd_follow, crowd_words
from tests.benchmarks.installation import Installation

PASSWORD = "correct-horse-7-battery"
OWNER, REP, MATE = (f"{name}@large.example" for name in ("owner", "rep", "mate"))
OTHERS = ("other-1", "other-2", "other-3")
PIECE = 100_000
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""
PER_CAMPAIGN = 500
OWN, SINGLE_SHARES, TEAM_SHARES = 500, 150, 50


@dataclass(frozen=True)
class Copy:
    """Rows of a table after the model's, for each number, with these columns written anew."""

    table: str
    changes: dict[str, str]
    where: str = "true"

    def statement(self, connection: psycopg.Connection[Any]) -> bytes:
        """Write it; every column is named, which is much quicker than to go by way of JSON."""
        rows = connection.execute(COLUMNS, [self.table])
        columns = [name for (name,) in rows]
        values = ", ".join(self.changes.get(name, f'model."{name}"') for name in columns)
        listed = ", ".join(f'"{name}"' for name in columns)
        return (
            f"INSERT INTO {self.table} ({listed}) SELECT {values}"
            f" FROM {self.table} AS model, generate_series(%(first)s::int, %(last)s::int) AS n"
            f" WHERE model.id = %(model)s AND {self.where} ON CONFLICT DO NOTHING"
        ).encode()


def _copied(table: str, where: str = "true", **changes: str) -> Copy:
    return Copy(table, changes, where)


def _ident(kind: str, n: str = "n") -> str:
    """Write the id of the nth of its kind; they stand in order, as if made one after the other."""
    order = f"lpad(to_hex(1750000000000 + ({n})), 12, '0')"
    return f"({order} || '70008' || substr(md5(({n}) || '{kind}' || %(slug)s), 1, 15))::uuid"


def _one_of(people: str) -> str:
    return f"(%({people})s::uuid[])[1 + n / 10 %% cardinality(%({people})s::uuid[])]"


CAMPAIGNS = _copied(
    "campaigns_campaign",
    id=_ident("campaign"),
    name="'Campaign ' || n",
    fingerprint="md5(n::text)",
    launch_token="NULL",
    # Half of them are a rep's.
    created_by_id=f"CASE WHEN n %% 4 = 0 THEN {_one_of('mates')}"
    f" WHEN n %% 4 = 2 THEN {_one_of('others')} END",
)
ORGANISATIONS = _copied("leads_organisation", id=_ident("organisation"), **crowd_words.ORGANISATION)
LEADS = _copied(
    "leads_lead",
    id=_ident("lead"),
    organisation_id=_ident("organisation"),
    stage_id="(%(stages)s::uuid[])[1 + (hashint4(n) & 15) %% cardinality(%(stages)s::uuid[])]",
    owner_id="CASE WHEN n %% %(every)s = 0 THEN %(rep)s::uuid"
    f" WHEN n %% 10 = 1 THEN {_one_of('mates')}"
    f" WHEN n %% 10 IN (2, 3, 4) THEN NULL ELSE {_one_of('others')} END",
    rank="'i' || lpad(n::text, 9, '0') || 'i'",
    # Most score low.
    score="(hashint4(n) & 1023) * (hashint4(n) & 1023) / 10600",
    tier="CASE WHEN (hashint4(n) & 1023) > 860 THEN 'hot'"
    " WHEN (hashint4(n) & 1023) > 650 THEN 'warm' ELSE 'cold' END",
    found_by=_ident("campaign", f"n / {PER_CAMPAIGN} + 1"),
    created_at="now() - n * interval '30 seconds'",
    sort_key=crowd_words.SORT_KEY,
    owner_key="''",
    value_pence="CASE WHEN n %% 3 = 0 THEN (hashint4(n) & 1048575) * 10 END",
    active_at="CASE WHEN n %% 4 = 1 THEN now() - (hashint4(n) & 8191) * interval '20 minutes' END",
    next_due="CASE WHEN n %% 6 = 1"
    " THEN now() + ((hashint4(n) & 1023) - 300) * interval '1 hour' END",
)
# Somebody is known at every second, and something was noted of every twentieth.
CONTACTS = _copied(
    "leads_contact",
    where="n %% 2 = 0",
    id=_ident("contact"),
    organisation_id=_ident("organisation"),
    **crowd_words.CONTACT,
)
NOTES = _copied(
    "leads_timelineentry",
    where="n %% 20 = 7",
    id=_ident("note"),
    lead_id=_ident("lead"),
    text=crowd_words.NOTE,
)
ORIGINS = _copied(
    "leads_origin",
    id=_ident("origin"),
    lead_id=_ident("lead"),
    ref=_ident("campaign", f"n / {PER_CAMPAIGN} + 1"),
)
# Every tenth was met by another campaign later.
MET_AGAIN = _copied(
    "leads_origin",
    where="n %% 10 = 0",
    id=_ident("origin", "n + 100000000"),
    lead_id=_ident("lead"),
    ref=_ident("campaign", "n / 10 %% %(campaigns)s + 1"),
)
SHARE = """
INSERT INTO {table} ({holder}, content_object_id, permission_id, at)
SELECT %(with)s, {ident}, %(permission)s, now() FROM generate_series(1, %(many)s::int) AS n
"""


def fill(product: Installation, slug: str, leads: int, there: dict[str, Any]) -> None:
    """Give a company so many leads; `there` is what `crowd.settle` made."""
    model, campaigns = there["models"][slug], leads // PER_CAMPAIGN + 1
    values = {
        "slug": slug,
        "campaigns": campaigns,
        "every": max(10, leads // OWN // 10 * 10),
        "stages": model["stages"],
        **{name: there[name] for name in ("rep", "mates", "others")},
    }
    steps = [
        (CAMPAIGNS, "campaign", campaigns),
        (ORGANISATIONS, "organisation", leads),
        (LEADS, "lead", leads),
        (ORIGINS, "origin", leads),
        (MET_AGAIN, "origin", leads),
        (CONTACTS, "contact", leads),
        (NOTES, "note", leads),
    ]
    with _superuser(product) as connection:
        for copy, of, many in steps:
            statement = copy.statement(connection)
            for first in range(1, many + 1, PIECE):
                piece = {"first": first, "last": min(first + PIECE - 1, many)}
                connection.execute(statement, values | piece | {"model": model[of]})


def share(product: Installation, leads: int, there: dict[str, Any]) -> None:
    """Share leads and a campaign of the large company with the rep, and leads with their team."""
    singly, by_team = min(SINGLE_SHARES, leads // 8), min(TEAM_SHARES, leads // 16)
    person, team = there["rep"], there["south"]
    view, view_campaign = there["permission"], there["permission_campaign"]
    with _superuser(product) as connection:
        for table, holder, number, whom, permission, many in (
            ("leads_leadwithperson", "user_id", "n * 5 + 2", person, view, singly),
            ("leads_leadwithteam", "group_id", "n * 7 + 3", team, view, by_team),
            ("campaigns_campaignwithperson", "user_id", "n", person, view_campaign, 1),
        ):
            kind = "campaign" if table.startswith("campaigns") else "lead"
            statement = SHARE.format(table=table, holder=holder, ident=_ident(kind, number))
            values = {"with": whom, "permission": permission, "many": many, "slug": "large"}
            connection.execute(statement.encode(), values)


def settle(product: Installation) -> None:
    """Fill what triggers keep, and let the database look at what it has, as it does by itself."""
    with _superuser(product) as connection:
        crowd_follow.follow(connection)
        connection.execute("VACUUM ANALYZE")


def _superuser(product: Installation) -> psycopg.Connection[Any]:
    """Connect as who may pass the triggers by; the rows fit together all the same."""
    connection = psycopg.connect(Cluster(product.folder).url("postgres"), autocommit=True)
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET synchronous_commit = off")
    return connection
