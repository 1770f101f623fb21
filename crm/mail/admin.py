"""E-mails in admin: who was written to, what became of it, and sending one again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm import tasks
from crm.adminsite.work_rows import WorkAdmin
from crm.ledger import audit
from crm.mail import secrecy
from crm.mail.models import Mail
from crm.work import reasons
from crm.work.models import State


@admin.register(Mail)
class MailAdmin(WorkAdmin):
    about = "Who was written to, and what became of it"
    list_display = ["subject", "to", "at", "state", "fate", "reason", "due_at"]
    list_filter = ["fate", "state"]
    search_fields = ["subject", "to"]
    search_help_text = "Subject or address"
    when_empty = "Invitations, notices and links for passwords stand here once one was sent."
    readonly_fields = [
        "subject", "to", "user", "at", "fate", "ended_at", "sending_at", "message_id", "said",
        "deferrals", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    actions = [*WorkAdmin.actions, "try_now"]
    is_personal = True

    @admin.display(description="reason")
    def reason(self, row: Mail) -> str:
        """Say what the mail server said, as somebody here may have to act on it."""
        return reasons.foreseen(row) or super().reason(row)

    @admin.display(description="text")
    def said(self, mail: Mail) -> str:
        return secrecy.shown(mail)

    @admin.action(description="Try the waiting ones now", permissions=["view"])
    def try_now(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Wait no longer, because somebody has mended what kept them."""
        waiting = list(queryset.filter(state=State.WAITING))
        rows = queryset.filter(pk__in=[mail.pk for mail in waiting], state=State.WAITING)
        rows.update(due_at=timezone.now())
        audit.write_all(waiting, "tried at once", by=request.user)  # type: ignore[arg-type]
        tasks.wake()
        messages.success(request, f"Trying {len(waiting)} now.")
