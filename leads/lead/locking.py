"""The lock of whoever changes a lead, or hangs something on an organisation."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from crm.gone import Gone
from crm.tenants.models import Tenant
from leads.models import Lead, Merge

# As a foreign key does: whoever merges one of them meanwhile waits, or is waited for.
STAY = """
SELECT id FROM leads_organisation WHERE tenant_id = %s AND id = ANY (%s) ORDER BY id FOR KEY SHARE
"""
# As a change of the row does: one after the other, and in nobody's way who names one of them.
IN_TURN = """
SELECT id FROM leads_organisation WHERE tenant_id = %s AND id = ANY (%s)
ORDER BY id FOR NO KEY UPDATE
"""


def lock(lead: Lead) -> Lead:
    """Give the lead as it is now, and hold it until the transaction ends.

    Raises Gone where a colleague merged or deleted it since it was looked up.
    """
    rows = Lead.of(lead.tenant).filter(pk=lead.pk)
    # No stronger than needed: an intake that adds an origin to the lead does not wait for this.
    if rows.select_for_update(no_key=True).first() is None:
        raise gone(lead)
    # Not in one query: after waiting for a colleague, PostgreSQL would join the new lead to the
    # old stage or owner and find nothing, or what was.
    return rows.select_related("organisation", "stage", "owner", "tenant").get()


def gone(lead: Lead) -> Gone:
    """Say what became of a lead, or of its organisation, that is there no longer."""
    merges = Merge.of(lead.tenant).filter(gone__in=(lead.pk, lead.organisation_id))
    if merges.filter(undone_at=None).exists():
        said = "It was merged into another one by a colleague meanwhile, so nothing was saved."
        # Its own address leads on from there, by the sight of whoever opens it.
        return Gone(said, lead.get_absolute_url())
    return Gone("It was deleted by a colleague meanwhile, so nothing was saved.")


def hold(leads: QuerySet[Lead], *, to_delete: bool = False) -> None:
    """Hold several until the transaction ends, in one order: two who do it don't dead-lock.

    Whoever means to delete them says so at once: nobody hangs anything on them meanwhile.
    """
    list(leads.order_by("id").select_for_update(no_key=not to_delete).values_list("id"))


def stay(organisations: Iterable[UUID], *, tenant: Tenant) -> set[UUID]:
    """Have these organisations be there until the transaction ends; give those that are."""
    return _places(STAY, organisations, tenant)


def take_turns(organisations: Iterable[UUID], *, tenant: Tenant) -> set[UUID]:
    """Have whoever else takes turns with these wait, too; after their leads, if those are held."""
    return _places(IN_TURN, organisations, tenant)


def _places(sql: str, organisations: Iterable[UUID], tenant: Tenant) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [tenant.pk, list(organisations)])
        return {ident for (ident,) in cursor.fetchall()}
