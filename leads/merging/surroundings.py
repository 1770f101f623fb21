"""What a judgement must know of all other records: how many bear the name, or stand at the place.

Nobody counts a chain to its end: from so many on, more say no more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from crm.tenants.models import Tenant
from leads.dedupe.commonness import Commonness
from leads.dedupe.record import Record
from leads.models import Organisation

Pair = tuple[Organisation, Organisation]
MOST = 40
# Each by an index, and no further than anybody looks.
NAMES = """
SELECT key, (
    SELECT count(DISTINCT postcode) FROM (
        SELECT postcode FROM leads_organisation o
        WHERE o.tenant_id = %(tenant)s AND o.sort_key = key COLLATE "C" LIMIT %(most)s
    ) AS bearers
) FROM unnest(%(keys)s::text[]) AS given (key)
"""
POSTCODES = """
SELECT key, (
    SELECT count(*) FROM (
        SELECT 1 FROM leads_organisation o
        WHERE o.tenant_id = %(tenant)s AND o.postcode = key LIMIT %(most)s
    ) AS neighbours
) FROM unnest(%(keys)s::text[]) AS given (key)
"""


def of(tenant: Tenant, pairs: Sequence[Pair], records: dict[Any, Record]) -> Commonness:
    """Count around these pairs."""
    namesakes = {
        each.sort_key: records[each.pk].spellings
        for one, other in pairs
        if set(records[one.pk].spellings) & set(records[other.pk].spellings)
        for each in (one, other)
    }
    places: Counter[str] = Counter()
    for key, many in _counted(NAMES, tenant, namesakes):
        # One name may be written in several ways.
        for spelling in namesakes[key]:
            places[spelling] += many
    shared = {one.postcode for one, other in pairs if one.postcode == other.postcode} - {""}
    crowds = dict(_counted(POSTCODES, tenant, shared))
    return Commonness(places=places, crowds=crowds, doubles=_doubles(tenant, pairs, records))


def _doubles(
    tenant: Tenant, pairs: Sequence[Pair], records: dict[Any, Record]
) -> dict[tuple[str, str], int]:
    """Count who has the name and the postcode of two that share both: of three nobody is sure."""
    asked = {
        (one.name_key, one.postcode): records[one.pk].spellings
        for one, other in pairs
        if one.postcode and one.postcode == other.postcode and one.name_key == other.name_key
    }
    if not asked:
        return {}
    there = Organisation.of(tenant).filter(postcode__in={postcode for _, postcode in asked})
    named = there.filter(name_key__in={name for name, _ in asked})
    met = Counter(named.order_by().values_list("name_key", "postcode"))
    return {
        (spelling, key[1]): met[key] for key, spellings in asked.items() for spelling in spellings
    }


def _counted(statement: str, tenant: Tenant, keys: Iterable[str]) -> list[tuple[str, int]]:
    keys = list(keys)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": tenant.pk, "keys": keys, "most": MOST})
        return cursor.fetchall()
