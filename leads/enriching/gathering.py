"""Reads all that is known of organisations, many at once, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from crm.tenants.models import Tenant
from leads.enriching.dossier import Dossier
from leads.lead import locking
from leads.models import Contact, Fact, Lead, Organisation, Unwanted


def hold(tenant: Tenant, idents: Iterable[UUID]) -> None:
    """Hold all leads of these organisations until the transaction ends, in the one order."""
    locking.hold(Lead.of(tenant).filter(organisation__in=list(idents)))


# When each organisation, and what hangs on it, was last written: by the writers' transactions.
VERSIONS = """
SELECT o.id, o.xmin::text, c.n, c.x, f.n, f.x FROM leads_organisation o
CROSS JOIN LATERAL (SELECT count(*) AS n, max(xmin::text::bigint) AS x
    FROM leads_contact WHERE organisation_id = o.id) c
CROSS JOIN LATERAL (SELECT count(*) AS n, max(xmin::text::bigint) AS x
    FROM leads_fact WHERE organisation_id = o.id) f
WHERE o.tenant_id = %s AND o.id = ANY (%s)
"""
TAKE = """
SELECT FROM leads_organisation WHERE tenant_id = %s AND id = ANY (%s)
ORDER BY id FOR NO KEY UPDATE
"""


def versions(tenant: Tenant, idents: Iterable[UUID]) -> dict[UUID, tuple[Any, ...]]:
    """Give of each organisation what differs as soon as anybody has written to it."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [tenant.pk, list(idents)])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def unchanged(
    tenant: Tenant, idents: Iterable[UUID], were: Mapping[UUID, tuple[Any, ...]]
) -> set[UUID]:
    """Hold these until the transaction ends; give those that are as they `were`."""
    idents = list(idents)
    hold(tenant, idents)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [tenant.pk, idents])
    now = versions(tenant, idents)
    return {ident for ident in idents if ident in now and now[ident] == were.get(ident)}


def gather(tenant: Tenant, idents: Iterable[UUID], *, locks: bool = False) -> list[Dossier]:
    """Give the dossiers of these organisations, in the order of their ids.

    `locks` holds them until the transaction ends; hold their leads before.
    """
    idents = list(idents)
    rows = Organisation.of(tenant).filter(pk__in=idents).order_by("pk")
    if locks:
        rows = rows.select_for_update(no_key=True)
    found = {row.pk: Dossier(row, today=timezone.localdate()) for row in rows}
    for row in found.values():
        row.organisation.tenant = tenant
    _leads(tenant, found)
    for contact in _of(Contact, tenant, found):
        if contact.organisation_id is not None:
            found[contact.organisation_id].people[str(contact.pk)] = contact
    for fact in _of(Fact, tenant, found):
        found[fact.organisation_id].remember(fact)
    unwanted: dict[UUID, set[str]] = defaultdict(set)
    for each in _of(Unwanted, tenant, found):
        unwanted[each.organisation_id].add(each.digest)
    for ident, digests in unwanted.items():
        found[ident].unwanted = frozenset(digests)
    return list(found.values())


def _leads(tenant: Tenant, found: dict[UUID, Dossier]) -> None:
    leads: dict[UUID, list[Lead]] = defaultdict(list)
    for lead in _of(Lead, tenant, found):
        lead.tenant, lead.organisation = tenant, found[lead.organisation_id].organisation
        leads[lead.organisation_id].append(lead)
    for ident, those in leads.items():
        found[ident].leads = those


def _of(
    model: type[Lead | Contact | Fact | Unwanted], tenant: Tenant, found: dict[UUID, Dossier]
) -> QuerySet[Any]:
    """Give the rows of these organisations, the oldest first."""
    return model.of(tenant).filter(organisation__in=list(found)).order_by("pk")
