"""Undoing what was done to many leads, a piece at a time."""

from collections import Counter
from uuid import UUID

from crm.tenants.models import Membership, Tenant
from leads.acts.act import Act, Outcome, ident
from leads.models import Batch
from leads.undo import undo


class TakeBack(Act):
    """`given` says whose batch it is and what was done in it."""

    verb = "undo"

    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        return "Undone for", f": {self.given['said']}", "Undo for"

    def does(self, many: str, tenant: Tenant) -> str:
        """Say what is taken back, whose number is told along with how far that is."""
        return f"Undo: {self.given['said']}"

    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        found = undo.piece(self._undone(by), by, idents)
        skipped = Counter(each.why for each in found.left)
        return Outcome(len(found.back), skipped, found.notes)

    def do_to_all(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        """Do it to those that are not there, too: they may have been deleted."""
        return self.do(idents, by, batch)

    def is_allowed(self, by: Membership) -> bool:
        return undo.may_go_on(self._undone(by), by)

    def _undone(self, by: Membership) -> Batch:
        return undo.hold(ident(self.given["batch"]), by.tenant)
