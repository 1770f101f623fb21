"""Exact identity: which keys a candidate has, and which organisation they mean.

Same site (name or number, and postcode or phone) is the same organisation. Same number or domain
at another postcode is another site of the same group: linked, never merged.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from crm.registers import names
from crm.tenants.models import Tenant
from leads.models import IdentityKey, Organisation

Keys = list[tuple[str, str]]
Kind = IdentityKey.Kind
# Each of these names one place alone.
ALONE = (
    (Kind.LISTING, "the same register entry"),
    (Kind.SITE, "the same name and postcode"),
)


@dataclass(frozen=True)
class Match:
    """`same` is the organisation itself, `sibling` another site of its group."""

    same: Organisation | None = None
    sibling: Organisation | None = None
    because: str = ""


def keys(cleaned: dict[str, str], *, address: str, entry: str = "") -> Keys:
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


def lock(tenant: Tenant, found: Keys) -> None:
    """Let nobody else admit an organisation with one of these keys until this transaction ends.

    Sorted, so that two that share several keys wait for each other instead of dead-locking.
    """
    texts = sorted(f"{tenant.pk}:{kind}:{value}" for kind, value in found)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM "
            "(SELECT key FROM unnest(%s::text[]) WITH ORDINALITY AS k(key, place)"
            " ORDER BY place OFFSET 0) sorted",
            [texts],
        )


def match(tenant: Tenant, cleaned: dict[str, str], found: Keys) -> Match:
    """Look whom the keys mean; call it under `lock`."""
    if not found:
        return Match()
    wanted = Q()
    for kind, value in found:
        wanted |= Q(kind=kind, value=value)
    rows = IdentityKey.of(tenant).filter(wanted).select_related("organisation")
    by_kind: dict[str, list[Organisation]] = {}
    for row in rows.order_by("id"):
        by_kind.setdefault(row.kind, []).append(row.organisation)
    for kind, because in ALONE:
        if kind in by_kind:
            return Match(same=by_kind[kind][0], because=because)
    return _by_number(cleaned, by_kind) or _by_phone(cleaned, by_kind) or Match()


def _by_number(cleaned: dict[str, str], by_kind: dict[str, list[Organisation]]) -> Match | None:
    numbered = by_kind.get(Kind.COMPANY_NUMBER, [])
    for site in numbered:
        if cleaned["postcode"] and site.postcode == cleaned["postcode"]:
            return Match(same=site, because="the same company number and postcode")
        if cleaned["phone"] and site.phone == cleaned["phone"]:
            return Match(same=site, because="the same company number and phone")
    for site in [*numbered, *by_kind.get(Kind.DOMAIN, [])]:
        return Match(sibling=site, because="another site of the same company")
    return None


def _by_phone(cleaned: dict[str, str], by_kind: dict[str, list[Organisation]]) -> Match | None:
    name = names.name_key(cleaned["name"])
    if names.is_generic(name):
        return None
    for site in by_kind.get(Kind.PHONE, []):
        if site.name_key == name:
            return Match(same=site, because="the same name and phone")
    return None
