"""Taking back what somebody has just decided about a proposed value: all is as it was before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from crm.ledger import audit
from crm.tenants.models import User
from leads.contacts import contacts
from leads.enriching import deciding, gathering, quality
from leads.enriching.deciding import CannotDecide
from leads.facts import columns, replaced
from leads.facts.clashes import ChangedMeanwhile
from leads.facts.facts import FACTS
from leads.intake import again
from leads.models import Contact, Fact, Lead, Organisation
from leads.records.known import Status
from leads.scored import flow

CHANGED = "It was changed again meanwhile, so it stays as it is now."
Before = Mapping[str, Any]


def remember(fact: Fact) -> dict[str, Any]:
    """Give how all stands that deciding about the value may change, as JSON."""
    row = fact.contact or fact.organisation
    value = columns.of(row, fact.field) if columns.has(row, fact.field) else None
    facts = {
        str(each.pk): [
            str(each.status),
            str(each.decided_by_id) if each.decided_by_id else None,
            each.decided_at.isoformat() if each.decided_at else None,
        ]
        for each in replaced.of(row, fact.field)
    }
    return {"value": value, "facts": facts}


@transaction.atomic
def restore(fact: Fact, before: Before, *, by: User) -> None:
    """Have it be as it was when `remember` was asked; raises CannotDecide."""
    row = fact.contact or fact.organisation
    lead = Lead.of(fact.tenant).filter(organisation=fact.organisation_id).order_by("pk").first()
    if lead is None:
        raise CannotDecide(deciding.GONE)
    if fact.status == Status.APPLIED and columns.has(row, fact.field):
        _write(lead, row, fact, before.get("value"), by)
    gathering.hold(fact.tenant, [fact.organisation_id])
    held = Fact.of(fact.tenant).select_for_update(of=("self",), no_key=True)
    now = held.filter(pk=fact.pk).first()
    if now is None:
        raise CannotDecide(deciding.GONE)
    was = {ident: said for each, said in before["facts"].items() if (ident := UUID(each))}
    rows = list(held.filter(pk__in=was, organisation=fact.organisation_id).order_by("pk"))
    for each in rows:
        status, person, at = was[each.pk]
        each.status, each.decided_by_id = Status(status), UUID(person) if person else None
        each.decided_at = datetime.fromisoformat(at) if at else None
    Fact.of(fact.tenant).bulk_update(rows, ["status", "decided_by", "decided_at"])
    labels = {"before": {"status": Status(now.status).label}}
    audit.write(fact, "taken back", by=by, **labels, after={"status": Status.PROPOSED.label})
    quality.keep(fact.tenant, gathering.gather(fact.tenant, [fact.organisation_id]))
    leads = Lead.of(fact.tenant).filter(organisation=fact.organisation_id)
    flow.queue_all(leads.select_related("tenant").order_by("pk"))


def _write(lead: Lead, row: Organisation | Contact, fact: Fact, value: Any, by: User) -> None:
    """Put back what stood in the column, unless somebody has written there since."""
    try:
        if isinstance(row, Contact):
            taken = columns.of_contact(fact.field, fact.value)
            wish = {fact.field: str(value or "")}
            contacts.edit(lead, row, wish, seen={fact.field: taken}, by=by)
        else:
            editable = FACTS.get(fact.field, deciding.NUMBER)
            taken = columns.of_organisation(fact.field, fact.value)
            wanted = value if value not in ("", None) else _nothing(fact.field)
            again.edit(lead, editable, wanted, seen=editable.typed(taken), by=by)
    except ChangedMeanwhile:
        raise CannotDecide(CHANGED) from None
    except contacts.ContactRefused as refused:
        raise CannotDecide(str(refused)) from None


def _nothing(name: str) -> Any:
    return None if name == "employees" else ""
