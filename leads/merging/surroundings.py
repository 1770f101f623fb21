"""What a judgement must know of all other records: how many bear the name, or stand at the place.

Nobody counts a chain to its end: from so many on, more say no more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from crm.tenants.models import Tenant
from leads.dedupe.commonness import Commonness
from leads.dedupe.record import Record
from leads.identity.index import Index
from leads.models import Organisation

Pair = tuple[Organisation, Organisation]
MOST = 40
# Each by an index, and no further than anybody looks. A chain of which a company knows one place
# is a chain all the same: the registers list the others.
COUNT = """
SELECT 'name', key, '', (
    SELECT count(DISTINCT postcode) FROM (
        SELECT postcode FROM leads_organisation o
        WHERE o.tenant_id = %(tenant)s AND o.sort_key = key COLLATE "C" LIMIT %(most)s
    ) AS bearers
) FROM unnest(%(names)s::text[]) AS given (key)
UNION ALL SELECT 'registers', key, '', (
    SELECT count(DISTINCT postcode) FROM (
        SELECT postcode FROM registers_registerentry e
        JOIN registers_load l ON l.id = e.came_with_id AND l.state = 'done'
        WHERE e.site_key >= key || '|' COLLATE "C" AND e.site_key < key || '}' COLLATE "C"
        AND e.status = 'active' LIMIT %(most)s
    ) AS bearers
) FROM unnest(%(name_keys)s::text[]) AS given (key)
UNION ALL SELECT 'crowd', key, '', (
    SELECT count(*) FROM (
        SELECT 1 FROM leads_organisation o
        WHERE o.tenant_id = %(tenant)s AND o.postcode = key LIMIT %(most)s
    ) AS neighbours
) FROM unnest(%(postcodes)s::text[]) AS given (key)
UNION ALL SELECT 'double', key, place, (
    SELECT count(*) FROM leads_organisation o
    WHERE o.tenant_id = %(tenant)s AND o.postcode = place AND o.name_key = key
) FROM unnest(%(doubled)s::text[], %(places)s::text[]) AS given (key, place)
"""
# What is counted, of which name or postcode, and beside a name at which postcode.
Counted = Counter[tuple[str, str, str]]


def of(
    pairs: Sequence[Pair], records: Mapping[Any, Record], index: Index | None = None
) -> Commonness:
    """Count around these pairs; nobody asks for what an index has in whole."""
    here = [pair for pair in pairs if _is_one_place(*pair)]
    there = [pair for pair in pairs if not _is_one_place(*pair) and _shared(pair, records)]
    whole = {one.postcode for one, _ in here if index and index.is_whole(one.postcode)}
    outside = [pair for pair in here if pair[0].postcode not in whole]
    counted = _ask(pairs[0][0].tenant, there, outside)
    # Whoever is compared before it is written down stands there, too.
    _add(counted, {each for pair in outside for each in pair if each._state.adding})
    standing = {each for pair in here for each in pair if each.postcode in whole}
    _add(counted, standing.union(*(index.at(postcode) for postcode in whole if index)))
    return Commonness(
        places=_places(counted, there, records),
        crowds={one.postcode: counted["crowd", one.postcode, ""] for one, _ in here},
        doubles={
            (spelling, one.postcode): counted["double", one.name_key, one.postcode]
            for one, other in here
            if one.name_key == other.name_key
            for spelling in records[one.pk].spellings
        },
    )


def _is_one_place(one: Organisation, other: Organisation) -> bool:
    return bool(one.postcode) and one.postcode == other.postcode


def _shared(pair: Pair, records: Mapping[Any, Record]) -> set[str]:
    one, other = pair
    return set(records[one.pk].spellings).intersection(records[other.pk].spellings)


def _add(counted: Counted, neighbours: Iterable[Organisation]) -> None:
    for each in neighbours:
        counted["crowd", each.postcode, ""] += 1
        counted["double", each.name_key, each.postcode] += 1


def _places(
    counted: Counted, there: Iterable[Pair], records: Mapping[Any, Record]
) -> dict[str, int]:
    """At how many places each name is borne that two share; it may be written in several ways."""
    bearers: dict[str, set[Organisation]] = defaultdict(set)
    for pair in there:
        for spelling in _shared(pair, records):
            bearers[spelling].update(pair)
    return {
        spelling: max(
            sum(counted["name", key, ""] for key in {each.sort_key for each in named}),
            *(counted["registers", key, ""] for key in {each.name_key for each in named}),
        )
        for spelling, named in bearers.items()
    }


def _ask(tenant: Tenant, there: Sequence[Pair], here: Sequence[Pair]) -> Counted:
    named = {each for pair in there for each in pair}
    doubled = {(one.name_key, one.postcode) for one, two in here if one.name_key == two.name_key}
    asked: dict[str, Any] = {
        "names": list({each.sort_key for each in named}),
        "name_keys": list({each.name_key for each in named}),
        "postcodes": list({one.postcode for one, _ in here}),
        "doubled": [name for name, _ in doubled],
        "places": [postcode for _, postcode in doubled],
    }
    if not any(asked.values()):
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, asked | {"tenant": tenant.pk, "most": MOST})
        return Counter({(what, key, place): many for what, key, place, many in cursor.fetchall()})
