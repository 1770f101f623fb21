"""The lock of whoever changes a lead."""

from django.db.models import QuerySet

from leads.models import Lead


def lock(lead: Lead) -> Lead:
    """Give the lead as it is now, and hold it until the transaction ends."""
    rows = Lead.of(lead.tenant).filter(pk=lead.pk)
    # No stronger than needed: an intake that adds an origin to the lead does not wait for this.
    rows.select_for_update(no_key=True).get()
    # Not in one query: after waiting for a colleague, PostgreSQL would join the new lead to the
    # old stage or owner and find nothing, or what was.
    return rows.select_related("organisation", "stage", "owner", "tenant").get()


def hold(leads: QuerySet[Lead]) -> None:
    """Hold several until the transaction ends, in one order: two who do it don't dead-lock."""
    list(leads.order_by("id").select_for_update(no_key=True).values_list("id"))
