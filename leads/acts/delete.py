"""Deleting many leads with all that hangs on them."""

from uuid import UUID

from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission
from leads.acts.act import Act, Outcome, seen
from leads.models import Batch
from leads.removal import removing


class Delete(Act):
    verb = "delete"
    needs = Permission.ADMINISTER

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Deleted", "", "Delete"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found, skipped = seen(idents, by, to_delete=True)
        return Outcome(removing.remove(found, by=by.user, batch=batch), skipped)
