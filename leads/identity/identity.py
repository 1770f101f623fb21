"""Exact identity: which keys a candidate has, and who holds them."""

from collections.abc import Iterable

from django.db import connection

from crm.registers import names
from crm.tenants.models import Tenant
from leads.models import IdentityKey

Keys = list[tuple[str, str]]
Kind = IdentityKey.Kind
# No key: many stand at one postcode. But who admits somebody there looks at those who do.
PLACE = "place"
LOCK = """
SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM
(SELECT key FROM unnest(%s::text[]) WITH ORDINALITY AS k(key, place) ORDER BY place OFFSET 0) sorted
"""


def keys(cleaned: dict[str, str], address: str, entry: str) -> Keys:
    """List the identity keys of a cleaned candidate; `entry` is "register:number"."""
    found: Keys = []
    if entry:
        found.append((Kind.LISTING, entry))
    if cleaned["postcode"]:
        site = names.site_key(cleaned["name"], cleaned["postcode"], address)
        found.append((Kind.SITE, site[:500]))
    for kind in (Kind.COMPANY_NUMBER, Kind.DOMAIN, Kind.PHONE, Kind.EMAIL):
        if cleaned[kind.value]:
            found.append((kind, cleaned[kind.value]))
    return found


def lock(tenant: Tenant, found: Keys, postcodes: Iterable[str] = ()) -> None:
    """Let nobody else admit an organisation with one of these keys, or to one of these postcodes.

    It ends with the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [locks(tenant, found, postcodes)])


def locks(tenant: Tenant, found: Keys, postcodes: Iterable[str]) -> list[str]:
    """Name what is locked; sorted, so that two that share several keys wait for each other instead
    of dead-locking.
    """
    places = [(PLACE, postcode) for postcode in postcodes if postcode]
    return sorted({f"{tenant.pk}:{kind}:{value}" for kind, value in (*found, *places)})
