"""Making a task for whoever owns a lead."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from leads.acts.act import Outcome
from leads.changes import batches
from leads.changes.batches import Changed
from leads.models import Batch, Lead, Reaction
from leads.reacting.then import IT, Then
from leads.timeline.reasons import why
from leads.work import tasks

FULL = f"{tasks.MOST_OPEN} tasks are open on it, or its owner does not see it"
LEFT = "its owner has left the company"
MOST_DAYS = 365


class Plan(Then):
    """`text` is to be done within `days`; a lead that nobody owns waits until somebody does."""

    slug = verb = "task"
    # Each takes a few statements of its own.
    piece = 100

    def narrowed(self, leads: QuerySet[Lead]) -> QuerySet[Lead]:
        return leads.exclude(owner=None)

    def keep(self, idents: Sequence[UUID], tenant: Tenant) -> None:
        owners = Lead.of(tenant).filter(pk__in=idents).values("owner")
        for person in User.objects.filter(pk__in=owners).order_by("pk"):
            members.stays(tenant, person)

    def do(
        self, idents: list[UUID], by: Membership, batch: Batch | None, rule: Reaction
    ) -> Outcome:
        outcome, changes = Outcome(), []
        due = timezone.localdate() + timedelta(days=self.days)
        rows = Lead.of(by.tenant).filter(pk__in=idents).order_by("pk")
        for lead in rows.select_related("organisation", "tenant", "owner"):
            try:
                task = tasks.add(
                    lead, self.text, due_at=due, owner=lead.owner, by=by.user, why=why(rule)
                )
            except tasks.TaskRefused:
                outcome.skipped[FULL] += 1
            except members.NotHere:
                outcome.skipped[LEFT] += 1
            else:
                changes.append(Changed(lead, {}, {"task": str(task.pk)}))
        outcome.done = len(changes)
        if batch is not None:
            batches.add(batch, changes)
        return outcome

    @property
    def text(self) -> str:
        """What is to be done."""
        return str(self.given.get("text", ""))

    @property
    def days(self) -> int:
        """Within how many days."""
        return min(max(0, int(self.given.get("days", 0))), MOST_DAYS)

    def words(self, leads: str, tenant: Tenant) -> str:
        whose = "its owner" if leads == IT else f"the owner of {leads}"
        return f"Make a task for {whose}{self._what()}"

    def did(self, leads: str, tenant: Tenant) -> str:
        return f"Made a task for the owner of {leads}{self._what()}"

    def _what(self) -> str:
        days = {0: "the same day", 1: "the day after"}.get(self.days, f"in {self.days} days")
        return f": “{self.text}”, due {days}"
