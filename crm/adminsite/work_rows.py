"""Work rows in admin: to read, and to queue a dead one again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from crm import tasks
from crm.ledger import audit
from crm.tenants.tenant_admin import TenantAdmin
from crm.work import queue
from crm.work.drain import tables
from crm.work.models import State
from crm.work.table import Table


class WorkAdmin(TenantAdmin):
    WORK = ["state", "due_at", "attempts", "crashes", "last_error"]
    WORK_FIELDS = [*WORK, "lease_until"]
    list_filter = ["state"]
    ordering = ["-id"]
    actions = ["queue_again", "set_aside"]

    @admin.action(description="Queue the failed ones again", permissions=["view"])
    def queue_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Queue dead rows with a clean record; others are left alone."""
        dead = self._dead(queryset)
        if not dead:
            messages.info(request, "None of these has failed, so nothing was queued.")
            return
        table = self._table()
        queued, refusals = queue.all_again(table, dead, together=len(dead) > 1)
        for refusal in dict.fromkeys(refusals):
            messages.error(request, refusal)
        audit.write_all(queued, "queued again", by=request.user)  # type: ignore[arg-type]
        if queued:
            tasks.wake()
            messages.success(request, f"Queued {len(queued)} again.")

    @admin.action(description="Set the failed ones aside", permissions=["view"])
    def set_aside(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let dead rows rest; others are left alone."""
        dead = self._dead(queryset)
        queue.set_aside(self._table(), dead)
        audit.write_all(dead, "set aside", by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"Set {len(dead)} aside.")

    def _table(self) -> Table:
        return next(each for each in tables() if each.model is self.model)

    def _dead(self, rows: QuerySet[Any]) -> list[Any]:
        """Hold the dead ones, in the same order as the operations page does."""
        dead = rows.filter(state=State.DEAD).order_by("pk")
        return list(dead.select_for_update(of=("self",)))
