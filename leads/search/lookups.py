"""What is asked of the index of words, never by reading through all texts."""

from uuid import UUID

from crm.bounds import intime
from crm.tenants.models import Tenant
from leads.search import misspelt
from leads.search.terms import begins, query

# As typed, the last word begun; where those are few, what all words begin.
MET = """
WITH typed AS MATERIALIZED (
    SELECT lead_id FROM leads_searchtext
    WHERE tenant_id = %(tenant)s AND vector @@ %(typed)s::tsquery LIMIT %(most)s
), begun AS MATERIALIZED (
    SELECT lead_id FROM leads_searchtext
    WHERE tenant_id = %(tenant)s AND vector @@ %(begun)s::tsquery
        AND (SELECT count(*) FROM typed) < %(fewest)s LIMIT %(most)s
)
SELECT lead_id, false FROM typed UNION ALL SELECT lead_id, true FROM begun
"""
# A word that begins any is taken as it is, another as what is near to it.
NEAR = """
WITH own AS MATERIALIZED (
    SELECT * FROM unnest(%(places)s::int[], %(words)s::text[]) AS way (place, written)
    WHERE EXISTS (SELECT FROM leads_searchtext AS text
        WHERE text.tenant_id = %(tenant)s AND text.vector @@ way.written::tsquery)
), near AS MATERIALIZED (
    SELECT place, string_agg(written, ' | ') AS written
    FROM unnest(%(near_places)s::int[], %(near)s::text[]) AS way (place, written)
    WHERE place NOT IN (SELECT place FROM own)
        AND EXISTS (SELECT FROM leads_searchtext AS text
            WHERE text.tenant_id = %(tenant)s AND text.vector @@ way.written::tsquery)
    GROUP BY place
), meant AS MATERIALIZED (
    SELECT string_agg('(' || written || ')', ' & ')::tsquery AS written, count(*) AS many
    FROM (SELECT * FROM own UNION ALL SELECT * FROM near) AS word
    WHERE EXISTS (SELECT FROM near)
)
SELECT lead_id FROM meant JOIN leads_searchtext AS text ON text.vector @@ meant.written
WHERE text.tenant_id = %(tenant)s AND many = %(many)s LIMIT %(most)s
"""


def met(
    tenant: Tenant, typed: str, begun: str, *, fewest: int, most: int
) -> tuple[tuple[UUID, ...], bool]:
    """Give those that have the words as typed; or, told by True, as begun, if those are few."""
    given = {"typed": typed, "begun": begun, "fewest": fewest if begun != typed else 0}
    rows = intime.read(MET, {"tenant": tenant.pk, "most": most} | given, by_index=True)
    is_wider = any(is_begun for _, is_begun in rows)
    return tuple(ident for ident, is_begun in rows if is_begun == is_wider), is_wider


def near(tenant: Tenant, asked: tuple[str, ...], *, most: int, seconds: float) -> tuple[UUID, ...]:
    """Give those that have near words in place of those that none has; raises TooSlow."""
    ways = [(place, way) for place, word in enumerate(asked) for way in misspelt.near(word)]
    if not ways:
        return ()
    # One that is alone is known to be nowhere.
    own = list(enumerate(asked)) if len(asked) > 1 else []
    given = {
        "places": [place for place, _ in own],
        "words": [query([word]) for _, word in own],
        "near_places": [place for place, _ in ways],
        "near": [begins(way) for _, way in ways],
        "many": len(asked),
    }
    given |= {"tenant": tenant.pk, "most": most}
    rows = intime.read(NEAR, given, seconds, by_index=True)
    return tuple(ident for (ident,) in rows)
