"""Whose lead it is, and what it may be worth."""

from typing import Any

from django.db import transaction

from crm.ledger import audit
from crm.look.formats import pounds
from crm.tenants import members
from crm.tenants.models import User
from leads.lead.locking import lock
from leads.models import Lead, TimelineEntry
from leads.timeline import timeline


@transaction.atomic
def assign(lead: Lead, *, owner: User | None, value_pence: int | None, by: User) -> Lead:
    """Give the lead this owner and value, and write down what differs from before.

    Raises members.NotHere when a new owner has left the company.
    """
    # Before the lead: whoever leaves hands their leads over, in this order.
    is_here = owner is None or members.stays(lead.tenant, owner)
    lead = lock(lead)
    if owner is not None and owner != lead.owner and not is_here:
        raise members.NotHere(lead.tenant, owner)
    before = _facts(lead)
    said = {}
    if owner != lead.owner:
        said["owner"] = f"Given to {owner}." if owner else "No longer has an owner."
    if value_pence != lead.value_pence:
        has_value = value_pence is not None
        said["value_pence"] = (
            f"Value set to {pounds(value_pence)}." if has_value else "No longer has a value."
        )
    if not said:
        return lead
    lead.owner, lead.value_pence = owner, value_pence
    lead.save(update_fields=list(said))
    for text in said.values():
        timeline.write(lead, TimelineEntry.Kind.MOVE, text, by=by)
    after = _facts(lead)
    audit.write(
        lead,
        "assigned",
        by=by,
        before={name: before[name] for name in said},
        after={name: after[name] for name in said},
    )
    return lead


def _facts(lead: Lead) -> dict[str, Any]:
    return {"owner": str(lead.owner) if lead.owner else None, "value_pence": lead.value_pence}
