"""Giving many leads to a colleague, or to nobody."""

from collections import Counter
from uuid import UUID

from crm.ledger import audit
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from crm.tenants.permissions import Permission
from leads.acts.act import ALREADY, Act, ActRefused, Outcome, ident, seen, tell
from leads.changes import batches
from leads.changes.batches import Changed
from leads.models import Batch, Lead, TimelineEntry
from leads.sight import sight

NOT_YOURS = "not yours to give away"
LEFT = "the new owner has left the company"


class Assign(Act):
    verb = "assign"

    def _owner(self, tenant: Tenant) -> User | None:
        if not self.given.get("owner"):
            return None
        people = members.able(tenant, Permission.WORK_LEADS)
        found = people.filter(pk=ident(self.given["owner"])).first()
        if found is None:
            raise ActRefused("Choose a colleague who may work on leads.")
        return found

    def check(self, tenant: Tenant) -> None:
        if "owner" not in self.given:
            raise ActRefused("Choose to whom to give them.")
        self._owner(tenant)

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        person = User.objects.filter(pk=ident(self.given["owner"])).first()
        return "Gave", f" to {person or 'nobody'}", "Give"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        try:
            owner = self._owner(by.tenant)
        except ActRefused:
            return Outcome(0, Counter({LEFT: len(idents)}))
        # Before the leads: whoever leaves hands their leads over, in this order.
        if owner is not None and not members.stays(by.tenant, owner):
            return Outcome(0, Counter({LEFT: len(idents)}))
        found, skipped = seen(idents, by)
        theirs = sight.covered(by, found)
        changes, before = [], {}
        for lead in found:
            if lead.owner == owner or lead.pk not in theirs:
                skipped[ALREADY if lead.owner == owner else NOT_YOURS] += 1
                continue
            was = batches.picture(lead, self.verb)
            before[lead.pk] = str(lead.owner) if lead.owner else None
            lead.owner = owner
            changes.append(Changed(lead, was, batches.picture(lead, self.verb)))
        leads = [change.lead for change in changes]
        Lead.of(by.tenant).filter(pk__in=before).update(owner=owner)
        batches.add(batch, changes)
        said = f"Given to {owner}." if owner else "No longer has an owner."
        tell(leads, TimelineEntry.Kind.MOVE, self.told(said), by)
        audit.write_all(
            leads,
            "assigned",
            by=by.user,
            before=lambda lead: {"owner": before[lead.pk]},
            after={"owner": str(owner) if owner else None},
        )
        return Outcome(len(leads), skipped)
