"""Exact identity: which keys a candidate has, and which organisation they mean.

Same site (name or number, and postcode or phone) is the same organisation. Same number or domain
at another postcode is another site of the same group: linked, never merged.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from crm.registers import names
from crm.tenants.models import Tenant
from leads.models import IdentityKey, Organisation

Keys = list[tuple[str, str]]
Kind = IdentityKey.Kind
SAME_ENTRY = "the same register entry"
# Each of these names one place alone.
ALONE = (
    (Kind.LISTING, SAME_ENTRY),
    (Kind.SITE, "the same name and postcode"),
)


@dataclass(frozen=True)
class Match:
    """`same` is the organisation itself, `sibling` another site of its group."""

    same: Organisation | None = None
    sibling: Organisation | None = None
    because: str = ""


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


def lock(tenant: Tenant, found: Keys) -> None:
    """Let nobody else admit an organisation with one of these keys until this transaction ends.

    Sorted, so that two that share several keys wait for each other instead of dead-locking.
    """
    texts = sorted({f"{tenant.pk}:{kind}:{value}" for kind, value in found})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM "
            "(SELECT key FROM unnest(%s::text[]) WITH ORDINALITY AS k(key, place)"
            " ORDER BY place OFFSET 0) sorted",
            [texts],
        )


class Index:
    """Whom the keys mean: the tenant's organisations, and those that are added to it.

    Make it under `lock`; an organisation that several keys mean is one object.
    """

    def __init__(self, tenant: Tenant, found: Keys) -> None:
        self.organisations: dict[UUID, Organisation] = {}
        self.by_key: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
        wanted = Q()
        for kind in {kind for kind, _ in found}:
            wanted |= Q(kind=kind, value__in=[value for other, value in found if other == kind])
        if not wanted:
            return
        rows = IdentityKey.of(tenant).filter(wanted)
        for row in rows.select_related("organisation__group").order_by("id"):
            one = self.organisations.setdefault(row.organisation_id, row.organisation)
            self.by_key[row.kind, row.value].append(one)

    def add(self, organisation: Organisation, found: Keys) -> Keys:
        """Let the keys mean this organisation, too; give those that did not yet."""
        fresh = [key for key in found if organisation not in self.by_key[key]]
        for key in fresh:
            self.by_key[key].append(organisation)
        return fresh

    def match(self, cleaned: dict[str, str], found: Keys, *, apart: bool = False) -> Match:
        """Say who it is; `apart`: nobody whom it is merely like, only its own register entry."""
        by_kind = {kind: self.by_key[kind, value] for kind, value in found}
        for kind, because in ALONE[:1] if apart else ALONE:
            if by_kind.get(kind):
                return Match(same=by_kind[kind][0], because=because)
        if apart:
            return _sibling(by_kind) or Match()
        return _by_number(cleaned, by_kind) or _by_phone(cleaned, by_kind) or Match()


def _by_number(cleaned: dict[str, str], by_kind: dict[str, list[Organisation]]) -> Match | None:
    for site in by_kind.get(Kind.COMPANY_NUMBER, []):
        if cleaned["postcode"] and site.postcode == cleaned["postcode"]:
            return Match(same=site, because="the same company number and postcode")
        if cleaned["phone"] and site.phone == cleaned["phone"]:
            return Match(same=site, because="the same company number and phone")
    return _sibling(by_kind)


def _sibling(by_kind: dict[str, list[Organisation]]) -> Match | None:
    for site in [*by_kind.get(Kind.COMPANY_NUMBER, []), *by_kind.get(Kind.DOMAIN, [])]:
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
