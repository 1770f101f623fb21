"""Taking leads away for good, with all that hangs on them; their organisations stay known."""

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.locking import hold
from leads.models import Lead


@transaction.atomic
def remove(leads: list[Lead], *, tenant: Tenant, by: User) -> int:
    """Delete them, and write down each; say how many were there still."""
    rows = Lead.of(tenant).filter(pk__in=[lead.pk for lead in leads])
    hold(rows)
    there = list(rows.select_related("organisation", "stage", "owner"))
    for lead in there:
        owner = str(lead.owner) if lead.owner else None
        before = {"stage": lead.stage.name, "owner": owner, "score": lead.score}
        audit.write(lead, "deleted", by=by, before=before)
    rows.delete()
    return len(there)
