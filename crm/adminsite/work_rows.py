"""Work rows in admin: to read, and to queue a dead one again.

Managers read what became of a row and why, in words; how the queue got there is the superusers'.
"""

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
from crm.work.reasons import GIVEN_UP
from crm.work.table import Table

TRIED_AGAIN = "It failed and is tried again by itself."


class WorkAdmin(TenantAdmin):
    WORK = ["state", "due_at", "reason", "attempts", "crashes", "last_error"]
    WORK_FIELDS = [*WORK, "lease_until"]
    INTERNAL = {"attempts", "crashes", "last_error", "lease_until", "cursor"}
    list_filter = ["state"]
    ordering = ["-id"]
    actions = ["queue_again", "set_aside"]

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._told(request, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self._told(request, self.fields or self.readonly_fields)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Let nobody ask by an address for what they are not shown."""
        is_told = bool(self._told(request, [lookup.partition("__")[0]]))
        return is_told and super().lookup_allowed(lookup, value, request)

    def _told(self, request: HttpRequest, names: Any) -> list[str]:
        is_super = getattr(request.user, "is_superuser", False)
        return [name for name in names if is_super or name not in self.INTERNAL]

    @admin.display(description="reason")
    def reason(self, row: Any) -> str:
        """Say why it is where it is; nothing where that is as it should be."""
        if row.state == State.DEAD:
            return GIVEN_UP
        return TRIED_AGAIN if row.state == State.READY and row.last_error else ""

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
