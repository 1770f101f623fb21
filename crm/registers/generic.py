"""The names that say nothing, measured from the registers rather than typed.

A name is generic when it stands at several sites and is made of trade words only:
* every word but the last is common: it occurs in at least one of a hundred distinct names
  ("dental" 3,500 of 51,000, "health" 1,400, "care" 1,060; but "manor" 206, "marys" 313);
* the last is common too, or, behind common ones, ends at least one of four thousand distinct
  names ("department" 24, "dept" 15).
Distinct names are counted, not entries: "boots" fills 1,940 entries but only 16 distinct names,
"lloydspharmacy" 1,231 and one, so a chain never looks like a trade word.
Measured on NHS practices (2025), dentists, pharmacies and schools (2016): about 80 names,
3,700 entries; at one of 200 instead of 100 "st marys catholic primary school" comes in.
"""

from collections import Counter

from django.db import connection
from django.db.models import Count, Q

from crm.registers import links, names, spots
from crm.registers.models import GenericName, RegisterEntry

SITES = 2
COMMON_ONE_IN, COMMON_AT_LEAST = 100, 50
ENDING_ONE_IN, ENDING_AT_LEAST = 4_000, 10
# Found by the index of sites: "}" is the sign behind "|" in the order of bytes.
RENEW_SITE_KEYS = """
    UPDATE registers_registerentry e SET site_key = e.name_key || '|' || e.postcode
        || CASE WHEN g.name_key IS NULL THEN '' ELSE '|' || e.premise END
    FROM unnest(%s::text[]) AS turned(name_key)
    LEFT JOIN registers_genericname g ON g.name_key = turned.name_key
    WHERE e.site_key >= turned.name_key || '|' COLLATE "C"
    AND e.site_key < turned.name_key || '}' COLLATE "C" AND e.name_key = turned.name_key
    RETURNING e.id
"""


def measure() -> None:
    """Bring the list of generic names, and what depends on it, up to date.

    Only names of registers in which two may share one are looked at.
    """
    entries = RegisterEntry.objects.listed().filter(register__names_are_unique=False)
    placed = Count("postcode", distinct=True, filter=~Q(postcode=""))
    called = list(
        entries.values_list("name_key").annotate(entries=Count("id"), sites=placed).order_by()
    )
    words = Vocabulary([key for key, _entries, _sites in called])
    found = {
        key: entries
        for key, entries, sites in called
        if sites >= SITES and words.say_nothing_in(key)
    }
    known = dict(GenericName.objects.values_list("name_key", "entries"))
    GenericName.objects.filter(pk__in=known.keys() - found.keys()).delete()
    GenericName.objects.bulk_create(
        [GenericName(name_key=k, entries=n) for k, n in found.items() if known.get(k) != n],
        update_conflicts=True,
        unique_fields=["name_key"],
        update_fields=["entries"],
    )
    turned = sorted(known.keys() ^ found.keys())
    if turned:
        with connection.cursor() as cursor:
            cursor.execute(RENEW_SITE_KEYS, [turned])
            changed = [row[0] for row in cursor.fetchall()]
            links.renew(cursor, f"e.id = ANY(%s) AND {spots.SHOWN}", changed)
    names.forget()


class Vocabulary:
    """In how many distinct names each word occurs, and how many it ends."""

    def __init__(self, distinct: list[str]) -> None:
        split = [key.split() for key in distinct]
        self.occurs = Counter(word for words in split for word in set(words))
        self.ends = Counter(words[-1] for words in split if words)
        self.common = max(COMMON_AT_LEAST, len(distinct) // COMMON_ONE_IN)
        self.ending = max(ENDING_AT_LEAST, len(distinct) // ENDING_ONE_IN)

    def say_nothing_in(self, key: str) -> bool:
        """Whether a name is made of trade words only."""
        *leading, last = key.split() or [""]
        if self.occurs[last] >= self.common:
            return all(self.occurs[word] >= self.common for word in leading)
        return (
            bool(leading)
            and self.ends[last] >= self.ending
            and all(self.occurs[word] >= self.common for word in leading)
        )
